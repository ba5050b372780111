package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connecting to bootstrap and anchor peers. */
class ConnectTest {
    private final TestNetwork network = new TestNetwork(1);

    private static List<SignedGossipMessage> requests(TestPeer peer) {
        return peer.comm.sent.stream()
                .filter(message -> message.message().hasMemReq())
                .toList();
    }

    private static boolean carriesSecret(SignedGossipMessage request) {
        return request.message().getMemReq().getSelfInformation().hasSecretEnvelope();
    }

    @Test
    void ourOwnEndpointIsNotConnectedToWhateverItIsCalled() {
        TestPeer peer = network.peer(
                        TestNetwork.ORG1,
                        "peer",
                        DiscoveryConfig.defaults("peer:7051")
                                .withExternalEndpoint("gate:443")
                                .withBootstrap("localhost:7051", "127.0.0.1:7051", "peer:7051", "gate:443"))
                .start();

        network.run(Duration.ofMinutes(1));

        assertThat(peer.comm.shakenHands).isEmpty();
    }

    @Test
    void ourselvesFoundUnderAnotherNameAreLeftAlone() {
        TestPeer peer = network.peer(
                TestNetwork.ORG1, "peer", DiscoveryConfig.defaults("peer:7051").withExternalEndpoint("gate:443"));
        peer.start();
        network.run(Duration.ofMillis(1));
        peer.discovery.updateEndpoint("");
        peer.discovery.connectToAnchors(TestNetwork.CHANNEL, List.of(new AnchorPeer(TestNetwork.ORG1, "gate", 443)));

        network.run(Duration.ofMinutes(5));

        assertThat(peer.comm.shakenHands).containsExactly("gate:443");
        assertThat(peer.comm.sent).isEmpty();
    }

    @Test
    void aBootstrapPeerOfAnotherOrganisationIsProbedAgainAndAgainButNeverAsked() {
        network.peer(TestNetwork.ORG2, "foreign").start();
        TestPeer peer = network.peer(TestNetwork.ORG1, "peer", "foreign:7051").start();

        network.run(Duration.ofMinutes(2));

        assertThat(peer.comm.shakenHands).hasSizeGreaterThan(5);
        assertThat(requests(peer)).isEmpty();
    }

    @Test
    void aBootstrapPeerThatAppearsLateIsFoundAndTheFirstRequestCarriesTheSecret() {
        TestPeer peer = network.peer(TestNetwork.ORG1, "peer", "late:7051").start();
        network.run(Duration.ofMinutes(5));

        TestPeer late = network.peer(TestNetwork.ORG1, "late").start();
        network.run(Duration.ofSeconds(30));

        assertThat(peer.sees(late)).isTrue();
        assertThat(late.sees(peer)).isTrue();
        assertThat(carriesSecret(requests(peer).get(0))).isTrue();
        assertThat(requests(peer).get(0).message().getNonce()).isNotZero();
    }

    @Test
    void theSameRequestIsSentAgainUntilItIsAnswered() {
        TestPeer peer = network.peer(TestNetwork.ORG1, "peer", "boot:7051").start();
        TestPeer boot = network.peer(TestNetwork.ORG1, "boot").start();
        network.loseMessages(1);
        network.run(Duration.ofSeconds(30));
        assertThat(requests(peer)).hasSizeGreaterThan(2);
        assertThat(requests(peer))
                .extracting(SignedGossipMessage::wire)
                .containsOnly(requests(peer).get(0).wire());

        network.loseMessages(0);
        network.run(Duration.ofSeconds(60));

        assertThat(peer.sees(boot)).isTrue();
    }

    @Test
    void attemptsEndAfterTheirNumber() {
        TestPeer peer = network.peer(TestNetwork.ORG1, "peer", "absent:7051").start();

        network.run(Duration.ofHours(3));

        assertThat(peer.comm.shakenHands).hasSize(120);
    }

    @Test
    void stoppingEndsTheAttempts() {
        TestPeer peer = network.peer(TestNetwork.ORG1, "peer", "absent:7051").start();
        network.run(Duration.ofSeconds(10));
        peer.discovery.stop();
        int attempts = peer.comm.shakenHands.size();

        network.run(Duration.ofHours(1));

        assertThat(peer.comm.shakenHands).hasSize(attempts);
    }

    @Test
    void oneEndpointIsConnectedToOnceAtATimeHoweverOftenItIsNamed() {
        TestPeer peer = network.peer(TestNetwork.ORG1, "peer").start();
        network.run(Duration.ofMillis(1));
        List<AnchorPeer> anchors = List.of(
                new AnchorPeer(TestNetwork.ORG1, "absent", 7051), new AnchorPeer(TestNetwork.ORG1, "absent", 7051));

        peer.discovery.connectToAnchors(TestNetwork.CHANNEL, anchors);
        peer.discovery.connectToAnchors(TestNetwork.CHANNEL, anchors);

        assertThat(peer.comm.shakenHands).hasSize(1);
    }

    @Test
    void anAnchorThatIsRemovedIsNotDialledAnyMore() {
        TestPeer peer = network.peer(TestNetwork.ORG1, "peer").start();
        network.run(Duration.ofMillis(1));

        peer.discovery.connectToAnchors(TestNetwork.CHANNEL, List.of(anchor("old")));
        network.run(Duration.ofMinutes(2));
        peer.discovery.connectToAnchors(TestNetwork.CHANNEL, List.of(anchor("new")));
        network.run(Duration.ofMinutes(2));
        peer.discovery.removeAnchors(TestNetwork.CHANNEL);
        List<String> dialled = List.copyOf(peer.comm.shakenHands);
        network.run(Duration.ofHours(1));

        assertThat(dialled.subList(0, dialled.indexOf("new:7051"))).containsOnly("old:7051");
        assertThat(dialled.subList(dialled.indexOf("new:7051"), dialled.size())).containsOnly("new:7051");
        assertThat(peer.comm.shakenHands).isEqualTo(dialled);
    }

    private static AnchorPeer anchor(String host) {
        return new AnchorPeer(TestNetwork.ORG1, host, 7051);
    }

    @Test
    void anAnchorOfOurOrganisationMustBeOneAndOneOfAnotherMayBeAny() {
        TestPeer foreign = network.peer(
                        TestNetwork.ORG2,
                        "foreign",
                        DiscoveryConfig.defaults("foreign:7051").withExternalEndpoint("foreign-gate:443"))
                .start();
        TestPeer peer = network.peer(
                        TestNetwork.ORG1,
                        "peer",
                        DiscoveryConfig.defaults("peer:7051").withExternalEndpoint("gate:443"))
                .start();
        network.run(Duration.ofMillis(1));

        peer.discovery.connectToAnchors(
                TestNetwork.CHANNEL, List.of(new AnchorPeer(TestNetwork.ORG1, "foreign-gate", 443)));
        network.run(Duration.ofSeconds(1));
        assertThat(requests(peer)).isEmpty();

        peer.discovery.connectToAnchors(
                TestNetwork.CHANNEL, List.of(new AnchorPeer(TestNetwork.ORG3, "foreign", 7051)));
        network.run(Duration.ofSeconds(1));
        assertThat(requests(peer)).noneMatch(ConnectTest::carriesSecret).isNotEmpty();
        assertThat(peer.sees(foreign)).isTrue();
        assertThat(foreign.discovery.lookup(peer.pkiId()))
                .hasValueSatisfying(
                        member -> assertThat(member.internalEndpoint()).isEmpty());
    }

    @Test
    void anchorsWithoutHostOrPortAndForeignOnesOfAPeerWithoutExternalEndpointArePassedOver() {
        TestPeer peer = network.peer(TestNetwork.ORG1, "peer").start();
        network.run(Duration.ofMillis(1));

        peer.discovery.connectToAnchors(
                TestNetwork.CHANNEL,
                List.of(
                        new AnchorPeer(TestNetwork.ORG1, "", 7051),
                        new AnchorPeer(TestNetwork.ORG1, "host", 0),
                        new AnchorPeer(TestNetwork.ORG2, "foreign", 7051)));

        assertThat(peer.comm.shakenHands).isEmpty();
    }

    @Test
    void tenPeersWithThreeAnchorsOfWhichOneAppearsLateFormOneView() {
        List<AnchorPeer> anchors = List.of(
                new AnchorPeer(TestNetwork.ORG1, "late", 7051),
                new AnchorPeer(TestNetwork.ORG1, "never", 7051),
                new AnchorPeer(TestNetwork.ORG1, "nowhere", 7051));
        List<TestPeer> peers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            TestPeer peer = network.peer(TestNetwork.ORG1, "p" + i).start();
            peer.loop.execute(() -> peer.discovery.connectToAnchors(TestNetwork.CHANNEL, anchors));
            peers.add(peer);
        }
        network.run(Duration.ofSeconds(60));

        peers.add(network.peer(TestNetwork.ORG1, "late").start());

        assertThat(network.time.runUntil(() -> network.everybodySees(peers), Duration.ofSeconds(60)))
                .isTrue();
    }
}
