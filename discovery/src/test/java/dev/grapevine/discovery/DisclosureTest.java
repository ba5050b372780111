package dev.grapevine.discovery;

import static dev.grapevine.discovery.AliveMessages.alive;
import static dev.grapevine.discovery.AliveMessages.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.MspId;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;
import org.junit.jupiter.api.Test;

/** What organisations learn of each other. */
class DisclosureTest {
    private final TestNetwork network = new TestNetwork(1);

    private TestPeer hidden(MspId organisation, String name, String... bootstrap) {
        return network.peer(organisation, name, bootstrap).start();
    }

    @Test
    void onlyPeersWithExternalEndpointsAreKnownAcrossOrganisationsAndNeverTheirInternalEndpoints() {
        List<TestPeer> one = List.of(
                network.open(TestNetwork.ORG1, "a0"),
                network.open(TestNetwork.ORG1, "a1", "a0:7051"),
                hidden(TestNetwork.ORG1, "a2", "a0:7051"));
        List<TestPeer> two = List.of(
                network.open(TestNetwork.ORG2, "b0"),
                network.open(TestNetwork.ORG2, "b1", "b0:7051"),
                hidden(TestNetwork.ORG2, "b2", "b0:7051"));
        one.get(0)
                .loop
                .schedule(
                        Duration.ofSeconds(5),
                        () -> one.get(0)
                                .discovery
                                .connectToAnchors(
                                        TestNetwork.CHANNEL,
                                        List.of(new AnchorPeer(TestNetwork.ORG2, "b0-gate", 443))));

        network.run(Duration.ofMinutes(2));

        assertThat(one.subList(0, 2)).allMatch(peer -> peer.sees(two.get(0)) && peer.sees(two.get(1)));
        assertThat(two.subList(0, 2)).allMatch(peer -> peer.sees(one.get(0)) && peer.sees(one.get(1)));
        assertThat(one).noneMatch(peer -> peer.knows(two.get(2)));
        assertThat(two).noneMatch(peer -> peer.knows(one.get(2)));
        assertThat(one).allMatch(peer -> peer.sees(one.get(2)) || peer == one.get(2));
        assertThat(two.get(0).discovery.alive().stream()
                        .filter(member -> member.preferredEndpoint().startsWith("a")))
                .allMatch(member -> member.internalEndpoint().isEmpty());
    }

    @Test
    void aForeignPeerThatMustNotKnowUsIsDisconnectedInsteadOfAnswered() {
        TestPeer us = hidden(TestNetwork.ORG1, "us");
        TestPeer foreign = network.open(TestNetwork.ORG2, "foreign");
        TestPeer shy = hidden(TestNetwork.ORG2, "shy");
        TestPeer gate = network.open(TestNetwork.ORG1, "gate");
        network.run(Duration.ofMillis(1));

        us.receive(request(1, alive(foreign, 100, 1)), foreign);
        gate.receive(request(1, alive(shy, 100, 1)), shy);
        network.run(Duration.ofSeconds(1));

        assertThat(us.comm.closed).containsExactly(foreign.pkiId());
        assertThat(gate.comm.closed).containsExactly(shy.pkiId());
        assertThat(us.answers()).isEmpty();
        assertThat(gate.answers()).isEmpty();
    }

    @Test
    void aResponseToAForeignPeerNamesNoThirdOrganisationAndHoldsNoSecret() {
        TestPeer us = network.open(TestNetwork.ORG1, "us");
        TestPeer colleague = network.open(TestNetwork.ORG1, "colleague");
        TestPeer asking = network.open(TestNetwork.ORG2, "asking");
        TestPeer third = network.open(TestNetwork.ORG3, "third");
        network.run(Duration.ofMillis(1));
        us.receive(secretly(colleague), colleague);
        us.receive(alive(third, 100, 1), third);

        us.receive(request(1, alive(asking, 100, 1)), asking);
        network.run(Duration.ofMillis(10));

        MembershipResponse response = us.answers().get(0).message().getMemRes();
        assertThat(response.getAliveList()).hasSize(3).noneMatch(Envelope::hasSecretEnvelope);
        assertThat(response.getAliveList())
                .noneMatch(element -> element.getPayload()
                        .equals(alive(third, 100, 1).envelope().getPayload()));
    }

    @Test
    void aDeadColleagueWithoutExternalEndpointIsNotNamedToOutsiders() {
        TestPeer us = network.open(TestNetwork.ORG1, "us");
        TestPeer colleague = hidden(TestNetwork.ORG1, "colleague");
        TestPeer asking = network.open(TestNetwork.ORG2, "asking");
        network.run(Duration.ofMillis(1));
        us.receive(secretly(colleague), colleague);
        network.run(Duration.ofMillis(1));
        us.discovery.suspect(colleague.pkiId());

        us.receive(request(1, alive(asking, 100, 1)), asking);
        network.run(Duration.ofMillis(10));

        assertThat(us.answers().get(0).message().getMemRes().getDeadList()).isEmpty();
    }

    @Test
    void aliveMessagesArePushedToThoseWhoMayHaveThem() {
        TestPeer us = network.open(TestNetwork.ORG1, "us");
        TestPeer colleague = hidden(TestNetwork.ORG1, "colleague");
        TestPeer gate = network.open(TestNetwork.ORG1, "gate");
        TestPeer foreign = network.open(TestNetwork.ORG2, "foreign");
        TestPeer shy = hidden(TestNetwork.ORG2, "shy");
        TestPeer third = network.open(TestNetwork.ORG3, "third");
        TestPeer stranger = network.open(TestNetwork.ORG3, "stranger");
        List<TestPeer> all = List.of(colleague, gate, foreign, shy, third);
        network.run(Duration.ofMillis(1));
        all.forEach(us::meet);

        assertThat(receivers(us, colleague, all)).containsExactly(colleague, gate);
        assertThat(receivers(us, gate, all)).containsExactlyElementsOf(all);
        assertThat(receivers(us, foreign, all)).containsExactly(gate, foreign);
        assertThat(receivers(us, stranger, all)).isEmpty();
        assertThat(us.discovery
                        .disclosure()
                        .forReceiver(secretly(gate), foreign.pkiId())
                        .envelope()
                        .hasSecretEnvelope())
                .isFalse();
        assertThat(us.discovery
                        .disclosure()
                        .forReceiver(secretly(gate), stranger.pkiId())
                        .envelope()
                        .hasSecretEnvelope())
                .isFalse();
        assertThat(us.discovery
                        .disclosure()
                        .forReceiver(secretly(gate), colleague.pkiId())
                        .envelope()
                        .hasSecretEnvelope())
                .isTrue();
    }

    private static SignedGossipMessage secretly(TestPeer peer) {
        return alive(peer, 100, 1).withSecret(peer.config.endpoint(), peer.identity);
    }

    private static Stream<TestPeer> receivers(TestPeer us, TestPeer subject, List<TestPeer> candidates) {
        var mayReceive = us.discovery.disclosure().receiversOf(alive(subject, 100, 1));
        return candidates.stream().filter(peer -> mayReceive.test(peer.discovery.self()));
    }
}
