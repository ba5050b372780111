package dev.grapevine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long the halves of a network that came apart go on believing in each other. */
class PartitionTest {
    private static final int SEEDS = 10;
    private static final int PEERS = 20;
    private static final Duration STEP = Duration.ofSeconds(1);

    /**
     * A peer's last word reaches some late, by the answer to a membership request, and begins a new expiration time-out there.
     * Nobody hands on a word that is older than half of that, so it cannot go round for long.
     */
    @Test
    void nobodyBelievesInTheOtherHalfForLongerThanALateWordLasts() {
        List<Duration> beliefs = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            beliefs.add(belief(seed));
        }

        assertThat(beliefs).allMatch(each -> each.compareTo(Duration.ofSeconds(45)) <= 0);
    }

    private static Duration belief(long seed) {
        Scenario scenario = Scenario.running(seed, PEERS);
        SimulatedNetwork network = scenario.network();
        network.partition(scenario.peers().subList(0, PEERS / 2));
        Duration since = network.now();
        while (network.peers().stream().anyMatch(peer -> peer.membersAlive() > PEERS / 2 - 1)) {
            network.run(STEP);
        }
        return network.now().minus(since);
    }
}
