package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.discovery.ConfigResult;
import org.hyperledger.fabric.protos.discovery.Endpoint;
import org.hyperledger.fabric.protos.discovery.Endpoints;
import org.hyperledger.fabric.protos.peer.ProcessedTransaction;

/** A chain in memory, for as long as a test takes. */
final class MemoryChain implements ServedChannel {
    final AtomicInteger reads = new AtomicInteger();
    final BlockingQueue<Runnable> ended = new LinkedBlockingQueue<>();
    volatile long configSequence = 1;
    volatile Optional<Rejection> refusal = Optional.empty();
    volatile Optional<Instant> expiry = Optional.empty();

    private final ChannelId id;
    private final List<Block> blocks = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    MemoryChain(String name, Block... blocks) {
        this.id = new ChannelId(name);
        this.blocks.addAll(List.of(blocks));
    }

    void commit(Block block) {
        blocks.add(block);
        changed();
    }

    void changed() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public ChannelId id() {
        return id;
    }

    @Override
    public long height() {
        return blocks.size();
    }

    @Override
    public Block block(long number) {
        reads.incrementAndGet();
        return blocks.get((int) number);
    }

    @Override
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> {
            listeners.remove(listener);
            ended.add(listener);
        };
    }

    @Override
    public long configSequence() {
        return configSequence;
    }

    @Override
    public Optional<Rejection> authorise(SignedData seek) {
        return refusal;
    }

    @Override
    public Optional<Instant> expiry(SignedData seek) {
        return expiry;
    }

    @Override
    public BlockchainInfo info() {
        return BlockchainInfo.newBuilder().setHeight(height()).build();
    }

    @Override
    public Optional<Block> blockByHash(ByteString headerHash) {
        return blocks.stream()
                .filter(block -> BlockHash.ofHeader(block.getHeader()).equals(headerHash))
                .findFirst();
    }

    @Override
    public Optional<Block> blockByTransaction(String transactionId) {
        return blocks.stream()
                .filter(block -> TestBlocks.transactionIds(block).contains(transactionId))
                .findFirst();
    }

    @Override
    public Optional<ProcessedTransaction> transaction(String transactionId) {
        return blockByTransaction(transactionId)
                .map(block -> ProcessedTransaction.newBuilder()
                        .setValidationCode((int) block.getHeader().getNumber())
                        .build());
    }

    @Override
    public Block configBlock() {
        return blocks.get(0);
    }

    @Override
    public Config config() {
        return Config.newBuilder().setSequence(configSequence).build();
    }

    @Override
    public ConfigResult discoveryConfig() {
        return ConfigResult.newBuilder()
                .putOrderers(
                        "OrdererMSP",
                        Endpoints.newBuilder()
                                .addEndpoint(
                                        Endpoint.newBuilder().setHost("orderer").setPort(7050))
                                .build())
                .build();
    }
}
