package dev.grapevine.benchmarks.loops;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.store.BlockStore;
import dev.grapevine.channel.store.MessageStore;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Supersession;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.PeerTime;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a channel's stores do with each message: state info of a thousand peers, and a window of blocks. */
@State(Scope.Benchmark)
public class StoreBenchmark {
    private static final int PEERS = 1000;
    private static final int VERSIONS = 16;
    private static final int PKI_ID_BYTES = 32;
    private static final long MAX_BYTES = 1L << 26;
    private static final Supersession FABRIC = new Supersession(10);

    /** Of each peer in turn, then of each the next newer one. */
    private final List<SignedGossipMessage> stateInfo = new ArrayList<>();

    private MessageStore<ByteString> messages = emptyStore();
    private final BlockStore blocks =
            new BlockStore(FABRIC, 10, MAX_BYTES, new VirtualTime(1).newNode(), Duration.ofHours(1));
    private int next;
    private long number;

    private static MessageStore<ByteString> emptyStore() {
        return MessageStore.lasting(
                FABRIC, message -> message.message().getStateInfo().getPkiId(), MAX_BYTES);
    }

    @Setup
    public void make() {
        for (int version = 1; version <= VERSIONS; version++) {
            SplittableRandom ids = new SplittableRandom(1);
            for (int peer = 0; peer < PEERS; peer++) {
                byte[] id = new byte[PKI_ID_BYTES];
                ids.nextBytes(id);
                stateInfo.add(SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                        .setStateInfo(StateInfo.newBuilder()
                                .setPkiId(ByteString.copyFrom(id))
                                .setTimestamp(PeerTime.newBuilder().setIncNum(1).setSeqNum(version)))
                        .build()));
            }
        }
    }

    /** State info that is newer than what is held of its peer. */
    @Benchmark
    public MessageStore.Outcome newerStateInfo() {
        if (next == stateInfo.size()) {
            next = 0;
            messages = emptyStore();
        }
        return messages.add(stateInfo.get(next++));
    }

    /** A block that moves the window on. */
    @Benchmark
    public boolean nextBlock() {
        SignedGossipMessage message = stateInfo.get(0);
        return blocks.add(++number, message.message().getStateInfo().getPkiId(), message);
    }
}
