package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A peer with an external endpoint that has nobody of its own organisation beside it on the ring. */
class ForeignNeighboursTest extends StateInfoFixture {
    @Test
    void learnsOfPeersThatOnlyItsOwnOrganisationMayKnow() {
        network.revision = 1;
        FakePeer gate = joined(ORG1, "gate");
        FakePeer known = joined(ORG1, "known");
        FakePeer inner = peer(ORG1, "inner", "");
        inner.join(CHANNEL, ORG1, ORG2);
        List<FakePeer> others = List.of(joined(ORG2, "other1"), joined(ORG2, "other2"));
        network.acquaint();
        gate.membership.calm(others.get(0).id(), others.get(1).id());
        known.membership.calm(inner.id(), others.get(0).id());
        inner.membership.calm(known.id());
        others.get(0).membership.calm(gate.id(), known.id());
        others.get(1).membership.calm(gate.id());
        network.passes = (receiver, message) -> !(receiver == gate && isStateInfo(message));

        network.runFor(Duration.ofSeconds(30));

        assertThat(gate.channel(CHANNEL).peers()).extracting(ChannelPeer::pkiId).contains(inner.id());
    }
}
