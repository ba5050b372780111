package dev.grapevine.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.MspId;
import dev.grapevine.simulation.ModelledNetwork;
import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionTest {
    private final SimulatedNetwork network = new ModelledNetwork(1, new MspId("Org1MSP")).network();
    private final List<SimulatedPeer> peers = network.addPeers(new MspId("Org1MSP"), 3);
    private final Disturbed<SimulatedPeer> disturbed = new Disturbed<>(network::now);
    private final Detection<SimulatedPeer> detection = new Detection<>(network::now, disturbed);

    @Test
    void whoIsTakenForDeadThoughItLivesIsAFalseAlarm() {
        detection.begin();

        detection.buried(peers.get(0), peers.get(1));
        detection.buried(peers.get(2), peers.get(1));

        assertThat(detection.falseAlarms()).isEqualTo(2);
        assertThat(detection.doubted()).isEqualTo(1);
        assertThat(detection.times().count()).isZero();
    }

    @Test
    void whoIsGoneIsDetected() {
        detection.begin();
        disturbed.down(List.of(peers.get(1)));
        network.run(Duration.ofSeconds(3));

        detection.buried(peers.get(0), peers.get(1));

        assertThat(detection.falseAlarms()).isZero();
        assertThat(detection.times().max()).isEqualTo(3_000);
    }

    @Test
    void whatThoseBelieveWhoAreThemselvesCutOffCountsForNothing() {
        detection.begin();
        disturbed.apart(List.of(peers.get(0)));

        detection.buried(peers.get(0), peers.get(1));

        assertThat(detection.falseAlarms()).isZero();
        assertThat(detection.times().count()).isZero();
    }
}
