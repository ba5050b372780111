package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Blocks one minute apart, so that none holds up the commit of another. */
class DisseminationTest {
    private static final int PEERS = 50;
    private static final int BLOCKS = 20;
    private static final String LAN = """
            network: {latency: 500us, jitter: 250us}
            blocks: {bytes: 10KB}
            """;

    private final TestNetwork test = TestNetwork.joined(PEERS, 3, LAN);

    private long between(Duration least, Duration most) {
        return test.commits.stream()
                .filter(commit -> {
                    Duration taken = commit.at().minus(orderedAt(commit.block()));
                    return taken.compareTo(least) >= 0 && taken.compareTo(most) < 0;
                })
                .count();
    }

    private Duration orderedAt(int block) {
        return Duration.ofSeconds(5 + 60).plus(Duration.ofMinutes(block - 1));
    }

    private void order() {
        for (int block = 0; block < BLOCKS; block++) {
            test.network.order();
            test.network.run(Duration.ofMinutes(1));
        }
    }

    @Test
    void pushReachesAbout95PercentAndPullTheOthersWithinSeconds() {
        order();

        double all = (double) PEERS * BLOCKS;
        assertThat(test.commits).hasSize(PEERS * BLOCKS);
        assertThat(between(Duration.ZERO, Duration.ofMillis(200)) / all).isBetween(0.92, 0.98);
        assertThat(between(Duration.ofMillis(200), Duration.ofMillis(5_500)) / all)
                .isBetween(0.02, 0.08);
        assertThat(between(Duration.ofSeconds(11), Duration.ofHours(1))).isZero();
    }

    @Test
    void everyoneSendsEachBlockAboutThreeTimes() {
        long before = test.network.sentBlockBytes();
        order();

        double copies = (test.network.sentBlockBytes() - before) / (BLOCKS * 10_000.0 * (PEERS - 1));
        // 2.85 of push, measured of Go peers; pull, and two per cent of envelope, besides.
        assertThat(copies).isBetween(2.8, 3.1);
    }
}
