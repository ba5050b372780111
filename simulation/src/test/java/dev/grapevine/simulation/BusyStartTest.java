package dev.grapevine.simulation;

import static dev.grapevine.simulation.Scenario.ORG1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.PkiId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Peers that start together on machines so weak that what they have to check keeps them busy for many seconds. */
class BusyStartTest {
    private static final int PEERS = 20;
    private static final Duration CHECK = Duration.ofMillis(150);

    @Test
    void nobodyIsTakenForDeadBecauseChecksAreLate() {
        SimulatedNetwork network = new ModelledNetwork(91, ORG1).network();
        List<String> burials = new ArrayList<>();
        network.watch(new NetworkObserver() {
            @Override
            public void buried(SimulatedPeer by, PkiId whom) {
                burials.add(network.now() + ": " + whom + " by " + by.address());
            }
        });

        for (int number = 0; number < PEERS; number++) {
            SimulatedPeer peer = network.addPeer(ORG1, number, UnaryOperator.identity());
            peer.runOn(new Traits(Duration.ZERO, 0, Duration.ZERO, CHECK, 1));
            peer.start();
        }
        network.run(Duration.ofSeconds(60));

        assertThat(burials).isEmpty();
        assertThat(network.isComplete()).isTrue();
    }
}
