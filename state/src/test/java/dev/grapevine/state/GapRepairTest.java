package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gap is asked for within one round trip of being noticed, and a block that push is bringing is not asked for at all. */
class GapRepairTest {
    private static final Duration ROUND_TRIP = Duration.ofMillis(40);

    private final Network network = new Network(1, Chain.of(1000));
    private Peer ahead;
    private Peer behind;

    @BeforeEach
    void start() {
        network.delay = ROUND_TRIP.dividedBy(2);
        ahead = network.peer("ahead", 900);
        behind = network.peer("behind", 800);
        behind.node.execute(behind.state::start);
        ahead.announce();
        network.time.runUntil(() -> behind.height() == 900, Duration.ofSeconds(5));
        // the last of these taught it how long a round trip is
        repairOneGap(900);
        network.requests.clear();
    }

    private void appear(long number) {
        ahead.node.execute(() -> ahead.state.addGossiped(network.chain.block(number)));
    }

    private void repairOneGap(long number) {
        appear(number);
        network.time.runUntil(() -> behind.height() == number + 1, Duration.ofSeconds(5));
    }

    @Test
    void aBlockThatALaterOneShowsToBeMissingIsAskedForWithinARoundTrip() {
        appear(901);
        appear(902);
        network.time.runFor(Duration.ofMillis(1));
        behind.gossip(902);
        long noticed = network.time.nanoTime();

        network.time.runUntil(() -> !network.requests.isEmpty(), Duration.ofSeconds(5));

        assertThat(network.time.nanoTime() - noticed).isLessThanOrEqualTo(ROUND_TRIP.toNanos());
        assertThat(network.allReach(903, ROUND_TRIP.plusMillis(10))).isTrue();
    }

    @Test
    void anAnnouncedBlockIsAskedForWithinARoundTrip() {
        appear(901);
        network.time.runFor(network.delay.plusMillis(2));
        long noticed = network.time.nanoTime();

        network.time.runUntil(() -> !network.requests.isEmpty(), Duration.ofSeconds(5));

        assertThat(network.time.nanoTime() - noticed).isLessThanOrEqualTo(ROUND_TRIP.toNanos());
    }

    @Test
    void blocksThatPushBringsInAnyOrderAreNotAskedFor() {
        // every block is announced after 21 ms and takes 20 to 35 ms itself, so that about half come after their
        // successor
        for (long each = 901; each < 1000; each++) {
            long number = each;
            Duration born = Duration.ofMillis(10 * (number - 900));
            ahead.node.schedule(born, () -> ahead.state.addGossiped(network.chain.block(number)));
            behind.node.schedule(
                    born.plus(network.delay).plusMillis(number * 7 % 16),
                    () -> behind.state.addGossiped(network.chain.block(number)));
        }

        assertThat(network.allReach(1000, Duration.ofSeconds(2))).isTrue();
        long fetched =
                network.requests.stream().mapToLong(GapRepairTest::blocks).sum();
        assertThat(fetched).isLessThanOrEqualTo(10);
    }

    @Test
    void learnsToAskSoonerWherePushIsQuick() {
        PushDelay delay = new PushDelay();
        delay.answeredIn(ROUND_TRIP.toNanos());
        assertThat(delay.patience()).isEqualTo(ROUND_TRIP.toNanos());
        for (int block = 0; block < 50; block++) {
            delay.pushedAfter(Duration.ofMillis(2).toNanos());
        }

        assertThat(delay.patience()).isLessThan(Duration.ofMillis(4).toNanos());
    }

    private static long blocks(SignedGossipMessage request) {
        return request.message().getStateRequest().getEndSeqNum()
                - request.message().getStateRequest().getStartSeqNum()
                + 1;
    }
}
