package dev.grapevine.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.simulation.ModelledNetwork;
import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import dev.grapevine.simulation.scenario.Behaviour;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlameTest {
    private final SimulatedNetwork network = new ModelledNetwork(1, new MspId("Org1MSP")).network();
    private final List<SimulatedPeer> peers = network.addPeers(new MspId("Org1MSP"), 3);
    private final Blame blame = new Blame(network);
    private final Rejection forged = new Rejection("bad-block", "its hash is wrong");

    @Test
    void toBlameAnHonestPeerIsAViolation() {
        blame.refused(peers.get(0), peers.get(1).pkiId(), forged);

        assertThat(blame.violations()).containsExactly("honest peers blamed honest ones 1 times: bad-block");
    }

    @Test
    void toBlameAByzantineOneIsNot() {
        peers.get(1).misbehave(Behaviour.FORGE);

        blame.refused(peers.get(0), peers.get(1).pkiId(), forged);
        blame.refused(peers.get(1), peers.get(0).pkiId(), forged);

        assertThat(blame.violations()).isEmpty();
        assertThat(blame.ofByzantine()).isEqualTo(1);
    }

    @Test
    void anAnswerThatComesTwiceIsNobodysFault() {
        blame.refused(peers.get(0), peers.get(1).pkiId(), new Rejection("unrequested-item", "block 7"));

        assertThat(blame.violations()).isEmpty();
    }

    @Test
    void tooMuchInMemoryIsAViolation() {
        Bounds bounds = new Bounds(network, 250, 0);

        bounds.check();

        assertThat(bounds.violations()).singleElement().asString().contains("events waited for each peer");
    }
}
