package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.Chaincode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** State info while all peers speak the extensions: heights for the neighbours, the rest for everybody, and digests. */
class CalmStateInfoTest extends StateInfoFixture {
    private final List<FakePeer> peers = new ArrayList<>();

    /** Ten peers on a ring, each with one neighbour on either side, who all know each other. */
    @BeforeEach
    void meetAll() {
        network.revision = 1;
        for (int number = 0; number < 10; number++) {
            peers.add(joined(ORG1, "peer" + number));
        }
        network.acquaint();
        for (int number = 0; number < 10; number++) {
            peers.get(number).membership.calm(id(number + 9), id(number + 1));
        }
        network.runFor(Duration.ofSeconds(10));
    }

    private PkiId id(int number) {
        return peers.get(number % 10).id();
    }

    private long heightOfFirstAt(FakePeer peer) {
        return peer.channel(CHANNEL).peers().stream()
                .filter(seen -> seen.pkiId().equals(id(0)))
                .mapToLong(ChannelPeer::ledgerHeight)
                .sum();
    }

    private long statesSent() {
        return network.count(sent -> isStateInfo(sent.message()));
    }

    @Test
    void whoTakesPartIsToldToEverybody() {
        assertThat(peers)
                .allSatisfy(peer -> assertThat(peer.channel(CHANNEL).peers()).hasSize(9));
    }

    @Test
    void aMereHeightGoesToTheNeighboursAlone() {
        long before = statesSent();

        peers.get(0).channel(CHANNEL).updateLedgerHeight(7);
        network.runFor(PUBLISH);

        assertThat(statesSent() - before).isEqualTo(2);
        assertThat(heightOfFirstAt(peers.get(1))).isEqualTo(7);
        assertThat(heightOfFirstAt(peers.get(9))).isEqualTo(7);
        assertThat(heightOfFirstAt(peers.get(5))).isLessThan(7);
    }

    @Test
    void chaincodesAreToldToEverybody() {
        peers.get(0)
                .channel(CHANNEL)
                .updateChaincodes(List.of(
                        Chaincode.newBuilder().setName("cc").setVersion("1").build()));
        network.runFor(Duration.ofSeconds(30));

        assertThat(peers.subList(1, 10))
                .allSatisfy(peer -> assertThat(peer.channel(CHANNEL).peers())
                        .anySatisfy(seen -> assertThat(seen.chaincodes()).hasSize(1)));
    }

    @Test
    void whatWasMissedIsFoundByDigestsAndHeightsOfOthersComeWithIt() {
        FakePeer late = joined(ORG1, "late");
        network.acquaint();
        late.membership.calm(id(3), id(4));
        network.passes = (receiver, message) -> !isStateInfo(message);

        network.runFor(Duration.ofSeconds(10));
        assertThat(late.channel(CHANNEL).peers()).hasSize(10);

        network.passes = (receiver, message) -> true;
        peers.get(0).channel(CHANNEL).updateLedgerHeight(7);
        network.runFor(Duration.ofMinutes(5));
        assertThat(heightOfFirstAt(late)).isEqualTo(7);
    }

    @Test
    void aDigestOfWhoKnowsAllIsNotAnswered() {
        List<PkiId> answering = new ArrayList<>();
        for (FakePeer peer : peers) {
            peer.membership.calm(peers.stream()
                    .map(FakePeer::id)
                    .filter(other -> !other.equals(peer.id()))
                    .toArray(PkiId[]::new));
        }
        network.passesFrom = (sender, message) -> {
            if (message.message().hasStateSnapshot()) {
                answering.add(sender);
            }
            return true;
        };

        network.runFor(Duration.ofSeconds(30));

        assertThat(network.count(sent -> sent.message()
                        .extension()
                        .filter(extension -> extension.hasStateInfoDigest())
                        .isPresent()))
                .isGreaterThan(50);
        assertThat(answering).isEmpty();
    }

    @Test
    void aPlainPeerInSightBringsFabricsPushBack() {
        long before = statesSent();
        peers.forEach(peer -> peer.membership.unrest());

        peers.get(0).channel(CHANNEL).updateLedgerHeight(7);
        network.runFor(Duration.ofSeconds(20));

        assertThat(statesSent() - before).isGreaterThan(9);
        assertThat(peers.subList(1, 10))
                .allSatisfy(peer -> assertThat(heightOfFirstAt(peer)).isEqualTo(7));
    }

    @Test
    void aDigestOfAnotherLengthIsNotAnswered() {
        SignedGossipMessage digest = Messages.stateInfoDigest(CHANNEL, 3);

        assertThat(peers.get(0).receive(digest, peers.get(1)).answers).isEmpty();
    }
}
