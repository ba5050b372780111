package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Sha256;
import dev.grapevine.proto.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/**
 * Cryptography for simulations: signatures are modelled as keyed hashes instead of computed, everything else (who is of which
 * organisation, who may read a channel, how blocks chain) behaves as with the real one. Never for a network: anybody can
 * forge these signatures.
 *
 * <p>One instance is one node's trust; not thread-safe while it is being changed.
 */
public final class ModelledCrypto implements MessageCrypto {
    private static final ByteString ORDERER = ByteString.copyFromUtf8("modelled orderer");
    private static final Instant NEVER = Instant.parse("2100-01-01T00:00:00Z");

    private final Map<ChannelId, Set<MspId>> channels = new HashMap<>();
    private final Set<MspId> known = new HashSet<>();
    private final Set<PkiId> revoked = new HashSet<>();

    /** @param own the organisation whose local MSP this node has */
    public ModelledCrypto(MspId own) {
        known.add(own);
    }

    /** Makes the organisations of a channel known, as its configuration would. */
    public ModelledCrypto join(ChannelId channel, MspId... organisations) {
        Set<MspId> members = Set.of(organisations);
        channels.put(channel, members);
        known.addAll(members);
        return this;
    }

    /** Makes one identity invalid from now on, as a certificate revocation list would. */
    public void revoke(PkiId pkiId) {
        revoked.add(pkiId);
    }

    /** A member of an organisation; the same name always gives the same identity. */
    public static SigningIdentity identity(MspId mspId, String name) {
        SerializedIdentity identity = SerializedIdentity.newBuilder()
                .setMspid(mspId.name())
                .setIdBytes(ByteString.copyFromUtf8("modelled " + name))
                .build();
        return new Member(mspId, PkiId.of(identity), identity.toByteString());
    }

    private record Member(MspId mspId, PkiId pkiId, ByteString serialized) implements SigningIdentity {
        @Override
        public ByteString sign(ByteString payload) {
            return signature(serialized, payload);
        }
    }

    private static ByteString signature(ByteString identity, ByteString payload) {
        return Sha256.of(identity, payload);
    }

    /**
     * A well-formed block with one transaction per payload, signed by the modelled ordering service.
     *
     * @param previousHash the header hash of the block before it; empty for block 0
     */
    public static ByteString block(ChannelId channel, long number, ByteString previousHash, List<ByteString> payloads) {
        BlockData.Builder data = BlockData.newBuilder();
        for (ByteString payload : payloads) {
            data.addData(transaction(channel, payload).toByteString());
        }
        BlockHeader header = BlockHeader.newBuilder()
                .setNumber(number)
                .setPreviousHash(previousHash)
                .setDataHash(Sha256.of(data.getDataList()))
                .build();
        return Block.newBuilder()
                .setHeader(header)
                .setData(data)
                .setMetadata(BlockMetadata.newBuilder().addMetadata(signature(ORDERER, BlockHash.headerBytes(header))))
                .build()
                .toByteString();
    }

    /** A chain of blocks from number 0, each with one transaction of {@code size} bytes. */
    public static List<ByteString> chain(ChannelId channel, int length, int size) {
        List<ByteString> blocks = new ArrayList<>();
        ByteString previous = ByteString.EMPTY;
        for (int number = 0; number < length; number++) {
            byte[] payload = new byte[size];
            Arrays.fill(payload, (byte) number);
            ByteString block = block(channel, number, previous, List.of(ByteString.copyFrom(payload)));
            blocks.add(block);
            try {
                previous = BlockHash.ofHeader(Block.parseFrom(block).getHeader());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("we have just made this block", e);
            }
        }
        return blocks;
    }

    private static Envelope transaction(ChannelId channel, ByteString payload) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(3)
                .setChannelId(channel.name())
                .build();
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(Header.newBuilder().setChannelHeader(header.toByteString()))
                        .setData(payload)
                        .build()
                        .toByteString())
                .setSignature(ByteString.copyFromUtf8("modelled"))
                .build();
    }

    @Override
    public Verdict<ValidIdentity> validate(ByteString identity) {
        SerializedIdentity parsed;
        try {
            parsed = SerializedIdentity.parseFrom(identity);
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-identity", e.getMessage());
        }
        if (parsed.getMspid().isEmpty() || !known.contains(new MspId(parsed.getMspid()))) {
            return Verdict.rejected("unknown-organisation", "no MSP is known for '" + parsed.getMspid() + "'");
        }
        PkiId pkiId = PkiId.of(parsed);
        return revoked.contains(pkiId)
                ? Verdict.rejected("revoked-identity", pkiId + " is revoked")
                : Verdict.accepted(new ValidIdentity(pkiId, new MspId(parsed.getMspid()), identity, NEVER));
    }

    @Override
    public Optional<MspId> organisationOf(ByteString identity) {
        try {
            String mspId = SerializedIdentity.parseFrom(identity).getMspid();
            return mspId.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new MspId(mspId)).filter(known::contains);
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean verify(ByteString identity, ByteString signature, ByteString payload) {
        return validate(identity).isAccepted() && signature(identity, payload).equals(signature);
    }

    @Override
    public boolean verifyByChannel(ChannelId channel, ByteString identity, ByteString signature, ByteString payload) {
        Set<MspId> members = channels.getOrDefault(channel, Set.of());
        return organisationOf(identity).filter(members::contains).isPresent() && verify(identity, signature, payload);
    }

    @Override
    public BlockVerdict verifyBlock(ChannelId channel, long number, ByteString bytes) {
        try {
            Block block = Block.parseFrom(bytes);
            if (!channels.containsKey(channel)) {
                return refused("unknown-channel", channel + " is not joined");
            }
            if (block.getHeader().getNumber() != number) {
                return refused(
                        "wrong-number",
                        "claimed " + number + ", is " + block.getHeader().getNumber());
            }
            if (block.getData().getDataCount() == 0 || !channelOf(block).equals(channel.name())) {
                return refused("wrong-channel", "not a block of " + channel);
            }
            ByteString hash = BlockHash.ofHeader(block.getHeader());
            boolean signed = block.getMetadata().getMetadataCount() > 0
                    && signature(ORDERER, BlockHash.headerBytes(block.getHeader()))
                            .equals(block.getMetadata().getMetadata(0));
            if (!signed || !BlockHash.ofData(block).equals(block.getHeader().getDataHash())) {
                return refused("bad-block", "hash or signature of block " + number + " is wrong");
            }
            return new BlockVerdict.Verified(new VerifiedBlock(channel, bytes, block, hash, 0, false, 0));
        } catch (InvalidProtocolBufferException e) {
            return refused("malformed-block", e.getMessage());
        }
    }

    private static BlockVerdict refused(String reason, String detail) {
        return new BlockVerdict.Refused(new Rejection(reason, detail));
    }

    private static String channelOf(Block block) throws InvalidProtocolBufferException {
        Payload payload =
                Payload.parseFrom(Envelope.parseFrom(block.getData().getData(0)).getPayload());
        return ChannelHeader.parseFrom(payload.getHeader().getChannelHeader()).getChannelId();
    }
}
