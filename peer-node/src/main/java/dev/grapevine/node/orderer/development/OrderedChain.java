package dev.grapevine.node.orderer.development;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.generate.BlockSigner;
import dev.grapevine.crypto.generate.SignedEnvelope;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.node.deliver.DeliverChain;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;

/** One channel's blocks on the disk with the rules in force at its end. Appended to on the orderer's thread, read on any. */
final class OrderedChain implements DeliverChain, AutoCloseable {
    private final BlockFile file;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile ChannelRules rules;
    private BlockHeader tip;
    private long lastConfig;

    private OrderedChain(BlockFile file, ChannelRules rules, BlockHeader tip, long lastConfig) {
        this.file = file;
        this.rules = rules;
        this.tip = tip;
        this.lastConfig = lastConfig;
    }

    /**
     * Begins a chain with its genesis block.
     *
     * @throws IOException if the file cannot be written, or holds a chain already
     */
    static OrderedChain begin(Path path, Block genesis, ChannelRules rules) throws IOException {
        BlockFile file = BlockFile.open(path);
        if (file.height() > 0) {
            file.close();
            throw new IOException(path + " holds a chain already");
        }
        file.append(genesis.toByteString());
        return new OrderedChain(file, rules, genesis.getHeader(), 0);
    }

    /**
     * Opens a chain that was begun before.
     *
     * @param reader reads the rules out of a configuration block
     * @throws IOException if the file cannot be read, or what it holds makes no sense
     */
    static OrderedChain open(Path path, Function<Block, Verdict<ChannelRules>> reader) throws IOException {
        BlockFile file = BlockFile.open(path);
        try {
            if (file.height() == 0) {
                throw new IOException(path + " holds no genesis block; remove it and join the channel again");
            }
            Block last = Block.parseFrom(file.read(file.height() - 1));
            long lastConfig = lastConfig(last);
            Verdict<ChannelRules> rules = reader.apply(Block.parseFrom(file.read(lastConfig)));
            if (!rules.isAccepted()) {
                throw new IOException(
                        path + ": the configuration in block " + lastConfig + " is refused: " + rules.rejection());
            }
            return new OrderedChain(file, rules.value(), last.getHeader(), lastConfig);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static long lastConfig(Block block) throws InvalidProtocolBufferException {
        if (block.getHeader().getNumber() == 0) {
            return 0;
        }
        Metadata signatures = Metadata.parseFrom(block.getMetadata().getMetadata(0));
        return OrdererBlockMetadata.parseFrom(signatures.getValue())
                .getLastConfig()
                .getIndex();
    }

    /** The rules for whatever comes next. */
    ChannelRules rules() {
        return rules;
    }

    /** Makes the next block of these transactions, and stores it; it is on the disk when this returns. */
    void append(SigningIdentity self, List<ByteString> entries) throws IOException {
        store(next(self, entries, lastConfig));
    }

    /** Makes the next block of a configuration, and stores it; the configuration holds from here on. */
    void configure(SigningIdentity self, ChannelRules.Successor successor) throws IOException {
        long number = tip.getNumber() + 1;
        ByteString configuration = successor.envelope().toByteString();
        ByteString entry = SignedEnvelope.of(rules.channel(), HeaderType.CONFIG, configuration, self)
                .toByteString();
        Block block = next(self, List.of(entry), number);
        file.append(block.toByteString());
        lastConfig = number;
        rules = successor.rules();
        announce(block);
    }

    private Block next(SigningIdentity self, List<ByteString> entries, long config) {
        return new BlockSigner(self).make(tip.getNumber() + 1, BlockHash.ofHeader(tip), entries, config);
    }

    private void store(Block block) throws IOException {
        file.append(block.toByteString());
        announce(block);
    }

    private void announce(Block block) {
        tip = block.getHeader();
        listeners.forEach(Runnable::run);
    }

    @Override
    public long height() {
        return file.height();
    }

    @Override
    public Block block(long number) {
        try {
            return Block.parseFrom(file.read(number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public long configSequence() {
        return rules.sequence();
    }

    @Override
    public Optional<Rejection> authorise(SignedData seek) {
        return rules.mayRead(seek);
    }

    @Override
    public Optional<Instant> expiry(SignedData seek) {
        return rules.expiry(seek);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
