package dev.grapevine.benchmarks.network;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.generate.BlockSigner;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;

/**
 * Makes a chain of blocks like those of an ordering service: envelopes of at most five kilobytes with a transaction id, random
 * data and a signature's worth of random bytes, one real orderer signature over each block. The data is cut from one piece of
 * noise, so that making a block takes little of the processors that are being measured.
 */
public final class BlockMaker {
    private static final int TRANSACTION_BYTES = 5 * 1024;
    /** What an envelope holds besides its data. */
    private static final int FRAMING_BYTES = 140;

    private static final int SIGNATURE_BYTES = 70;
    private static final int ID_BYTES = 16;
    private static final int DATA_BYTES = 1 << 20;

    private final ChannelId channel;
    private final BlockSigner signer;
    private final SplittableRandom random = new SplittableRandom(1);
    private final ByteString data = noise(DATA_BYTES);
    private ByteString previousHash;
    private long next = 1;

    BlockMaker(ChannelId channel, BlockSigner signer, Block genesis) {
        this.channel = channel;
        this.signer = signer;
        this.previousHash = BlockHash.ofHeader(genesis.getHeader());
    }

    /** The next block of the chain, with this many bytes of envelopes. */
    public Block next(int bytes) {
        int count = Math.max(1, (bytes + TRANSACTION_BYTES - 1) / TRANSACTION_BYTES);
        List<ByteString> transactions = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            transactions.add(transaction(bytes / count));
        }
        Block block = signer.make(next++, previousHash, transactions, 0);
        previousHash = BlockHash.ofHeader(block.getHeader());
        return block;
    }

    /** The next blocks of the chain. */
    public List<Block> next(int count, int bytes) {
        List<Block> blocks = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            blocks.add(next(bytes));
        }
        return blocks;
    }

    private ByteString transaction(int bytes) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(HeaderType.ENDORSER_TRANSACTION_VALUE)
                .setChannelId(channel.name())
                .setTxId(Hex.of(noise(ID_BYTES)))
                .build();
        int size = Math.max(0, bytes - FRAMING_BYTES);
        int start = random.nextInt(DATA_BYTES - size);
        Payload payload = Payload.newBuilder()
                .setHeader(Header.newBuilder().setChannelHeader(header.toByteString()))
                .setData(data.substring(start, start + size))
                .build();
        return Envelope.newBuilder()
                .setPayload(payload.toByteString())
                .setSignature(noise(SIGNATURE_BYTES))
                .build()
                .toByteString();
    }

    private ByteString noise(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return ByteString.copyFrom(noise);
    }
}
