package dev.grapevine.benchmarks.loops;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.push.BatchingEmitter;
import dev.grapevine.channel.push.Outgoing;
import dev.grapevine.channel.push.PushConfig;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A message that is gathered with others, and its share of sending them in a burst of Fabric's size. */
@State(Scope.Benchmark)
public class EmitterBenchmark {
    private static final int BYTES = 1024;

    private final Outgoing outgoing = new Outgoing(
            SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                    .setDataMsg(DataMessage.newBuilder()
                            .setPayload(
                                    Payload.newBuilder().setSeqNum(1).setData(ByteString.copyFrom(new byte[BYTES]))))
                    .build()),
            null);
    private final BatchingEmitter emitter =
            new BatchingEmitter(new VirtualTime(1).newNode(), PushConfig.defaults(), batch -> emitted = batch);
    private List<Outgoing> emitted = List.of();

    @Benchmark
    public void add(Blackhole sink) {
        emitter.add(outgoing);
        sink.consume(emitted);
    }
}
