package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ordering service's stream and peers as sources of the same blocks. */
class OrdererLaneTest {
    private static final int HEIGHT = 3000;
    private static final Duration REOPENING = Duration.ofMillis(20);

    private final Network network = new Network(1, Chain.of(HEIGHT));
    private Peer late;

    @BeforeEach
    void start() {
        late = network.peer("late", 1);
    }

    /** A stream that brings a block at a fixed interval and obeys the flow control. */
    private final class Stream {
        private final Duration interval;
        private long next;
        private int brought;
        private int opened;
        private boolean silent;

        Stream(Duration interval) {
            this.interval = interval;
            late.state.onStranded(this::reopen);
        }

        void open() {
            next = late.state.beginStream();
            opened++;
            go();
        }

        private void reopen() {
            late.state.endStream();
            late.node.schedule(REOPENING, this::open);
        }

        private void go() {
            if (late.state.isElsewhere(next)) {
                reopen();
            } else {
                late.node.schedule(interval, this::bring);
            }
        }

        private void bring() {
            if (!silent && next < HEIGHT) {
                brought++;
                late.state.addDelivered(network.chain.block(next++), this::go);
            }
        }
    }

    @Test
    void theStreamAndThePeersBringDisjointBlocks() {
        network.peer("go", HEIGHT);
        network.peer("go too", HEIGHT);
        Stream stream = new Stream(Duration.ofNanos(500_000));
        late.node.execute(stream::open);
        network.start();

        assertThat(network.allReach(HEIGHT, Duration.ofSeconds(3))).isTrue();

        assertThat(stream.brought).isGreaterThan(100);
        assertThat(network.carried).hasSizeGreaterThan(100);
        assertThat(stream.brought + network.carried.size()).isLessThan(HEIGHT + HEIGHT / 10);
        assertThat(late.committed).hasSize(HEIGHT - 1).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theStreamAloneIsEnough() {
        Stream stream = new Stream(Duration.ofNanos(100_000));
        late.node.execute(stream::open);
        network.start();

        assertThat(network.allReach(HEIGHT, Duration.ofSeconds(2))).isTrue();
        assertThat(stream.opened).isEqualTo(1);
    }

    @Test
    void peersBringWhatAStreamThatFallsSilentHadClaimed() {
        network.peer("go", HEIGHT);
        Stream stream = new Stream(Duration.ofMillis(1));
        late.node.execute(stream::open);
        network.start();
        network.time.runUntil(() -> stream.brought > 10, Duration.ofSeconds(1));
        stream.silent = true;

        assertThat(network.allReach(HEIGHT, Duration.ofSeconds(3))).isTrue();
    }

    @Test
    void aStreamThatLeftBlocksToAPeerBeginsAnewWhenThePeerIsGone() {
        Peer go = network.peer("go", HEIGHT);
        go.answers = answer -> dev.grapevine.proto.SignedGossipMessage.unsigned(
                org.hyperledger.fabric.protos.gossip.GossipMessage.getDefaultInstance());
        network.start();
        network.time.runUntil(() -> !network.requests.isEmpty(), Duration.ofSeconds(1));
        Stream stream = new Stream(Duration.ofNanos(100_000));
        late.node.execute(stream::open);
        network.time.runFor(Duration.ofMillis(1));
        assertThat(stream.next).isGreaterThan(1);
        network.peers.remove(go.id);

        assertThat(network.allReach(HEIGHT, Duration.ofSeconds(10))).isTrue();
    }
}
