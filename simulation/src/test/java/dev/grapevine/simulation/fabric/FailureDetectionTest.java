package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.simulation.scenario.Fault.Direction;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureDetectionTest {
    private static final int PEERS = 16;
    private static final String LAN = """
            network: {latency: 500us, jitter: 250us}
            blocks: {bytes: 10KB}
            """;

    private final TestNetwork test = TestNetwork.joined(PEERS, 4, LAN);

    private List<Double> secondsUntilBuried(int victim, Duration since) {
        return test.burials.stream()
                .filter(burial -> burial.whom() == victim && burial.by() != victim)
                .map(burial -> burial.at().minus(since).toMillis() / 1e3)
                .toList();
    }

    private static BitSet only(int peer) {
        BitSet set = new BitSet();
        set.set(peer);
        return set;
    }

    @Test
    void aSilentPeerIsNoticedAfter25To35Seconds() {
        Duration since = test.network.now();
        test.network.separate(only(5), Direction.BOTH);
        test.network.run(Duration.ofSeconds(40));

        // Measured of Go peers: all of 16 between 25.5 and 35 s; the last alive message is up to five seconds old.
        assertThat(secondsUntilBuried(5, since)).hasSize(PEERS - 1).allMatch(seconds -> seconds > 20 && seconds < 35);
        assertThat(test.network.membersAlive(0)).isEqualTo(PEERS - 2);
    }

    @Test
    void aCrashedPeerIsNoticedByThoseWhoDialIt() {
        Duration since = test.network.now();
        test.network.crash(5);
        test.network.run(Duration.ofSeconds(15));

        // Measured of Go peers: half within 4.5 s, all within 13 s.
        List<Double> taken = secondsUntilBuried(5, since);
        assertThat(taken).hasSizeGreaterThanOrEqualTo(PEERS - 1).allMatch(seconds -> seconds >= 3 && seconds < 15);
    }

    @Test
    void whatWasSeparatedComesTogetherAgain() {
        Runnable heal = test.network.separate(only(5), Direction.BOTH);
        test.network.run(Duration.ofSeconds(60));
        heal.run();
        test.network.run(Duration.ofSeconds(40));

        for (int peer = 0; peer < PEERS; peer++) {
            assertThat(test.network.channelMembers(peer)).isEqualTo(PEERS - 1);
        }
    }

    @Test
    void nobodyIsDoubtedWithoutReason() {
        test.burials.clear();
        test.network.run(Duration.ofMinutes(10));

        assertThat(test.burials).isEmpty();
    }

    @Test
    void aPeerThatCrashedCatchesUpWithItsFirstAntiEntropy() {
        test.network.crash(5);
        for (int block = 0; block < 100; block++) {
            test.network.order();
            test.network.run(Duration.ofMillis(500));
        }
        test.network.run(Duration.ofSeconds(20));
        assertThat(test.network.height(5)).isEqualTo(1);
        Duration restarted = test.network.now();
        // It may lead for a moment, before it sees who does, and would fetch the blocks itself.
        test.network.cutOffFromOrdering(only(5));
        test.network.start(5);
        test.network.run(Duration.ofSeconds(25));

        assertThat(test.network.height(5)).isEqualTo(101);
        double first = test.commits.stream()
                        .filter(commit -> commit.peer() == 5)
                        .findFirst()
                        .orElseThrow()
                        .at()
                        .minus(restarted)
                        .toMillis()
                / 1e3;
        // Pull brings the last ten blocks sooner, but not those before them.
        assertThat(first).isBetween(10.0, 10.2);
    }
}
