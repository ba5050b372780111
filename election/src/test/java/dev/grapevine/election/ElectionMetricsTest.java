package dev.grapevine.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.Meters;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElectionMetricsTest {
    private final Map<String, Double> gauges = new HashMap<>();

    @Test
    void aLonePeerReportsLeadershipItsLossAfterYieldingAndItsEnd() {
        Organisation organisation = new Organisation(1, 0);
        Organisation.Peer peer = organisation.new Peer(0, new Gauges());
        String gauge = "gossip_leader_election_leader channel mychannel";

        assertThat(gauges).containsEntry(gauge, 0.0);
        peer.start();
        organisation.runFor(60);
        assertThat(gauges).containsEntry(gauge, 1.0);
        peer.election.yieldLeadership();
        assertThat(gauges).containsEntry(gauge, 0.0);
        organisation.runFor(120);
        assertThat(gauges).containsEntry(gauge, 1.0);
        peer.stop();
        assertThat(gauges).containsEntry(gauge, 0.0);
    }

    private final class Gauges implements Meters {
        @Override
        public Counter counter(String name, String... labels) {
            return amount -> {};
        }

        @Override
        public Gauge gauge(String name, String... labels) {
            return value -> gauges.put(name + " " + String.join(" ", labels), value);
        }

        @Override
        public Histogram histogram(String name, String... labels) {
            return value -> {};
        }
    }
}
