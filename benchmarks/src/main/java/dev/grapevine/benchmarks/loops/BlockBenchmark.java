package dev.grapevine.benchmarks.loops;

import com.google.protobuf.ByteString;
import dev.grapevine.benchmarks.network.Material;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.NetworkTrust;
import dev.grapevine.crypto.TransactionScan;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.SignedGossipMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a peer does with each block that arrives: parse the envelope, scan the transactions, verify the block. */
@State(Scope.Benchmark)
public class BlockBenchmark {
    @Param({"1024", "102400"})
    public int bytes;

    private @Nullable NetworkTrust trust;
    private ByteString block = ByteString.EMPTY;
    private ByteString frame = ByteString.EMPTY;
    private List<ByteString> transactions = List.of();

    @Setup
    public void make() throws IOException {
        Material material = Material.generate(Files.createTempDirectory("grapevine-bench"), 1, "localhost:1");
        Block signed = material.blocks().next(bytes);
        trust = material.trust();
        block = signed.toByteString();
        transactions = signed.getData().getDataList();
        SignedGossipMessage made = SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setTag(GossipMessage.Tag.CHAN_AND_ORG)
                .setChannel(Material.CHANNEL.bytes())
                .setDataMsg(DataMessage.newBuilder()
                        .setPayload(Payload.newBuilder().setSeqNum(1).setData(block)))
                .build());
        // In one piece, as a frame is that has come from the network.
        frame = ByteString.copyFrom(made.wire().toByteArray());
    }

    @Benchmark
    public SignedGossipMessage parse() throws MalformedMessageException {
        return SignedGossipMessage.parse(frame);
    }

    @Benchmark
    public Optional<Rejection> scan() {
        return TransactionScan.check(transactions);
    }

    @Benchmark
    public BlockVerdict verify() {
        return Objects.requireNonNull(trust).verifyBlock(Material.CHANNEL, 1, block);
    }
}
