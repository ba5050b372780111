package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GoPeer;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.LabPeer;
import dev.grapevine.interop.lab.TcpStreams;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Go peers and our node see each other come and go. */
@FabricScenario
class MembershipTest {
    private static final String MEMBERS = "gossip_membership_total_peers_known";
    /** {@code aliveExpirationTimeout} (25 s), a tenth of it between two checks, and 5 s between two of a channel's counts. */
    private static final Duration GONE = Duration.ofSeconds(33);
    /** {@code reconnectInterval} (25 s), then an alive message and a state info (5 s each). */
    private static final Duration BACK = Duration.ofSeconds(35);

    @Test
    void isKnownByItsExternalEndpointAbroadAndByItsInternalOneAtHome() {
        try (FabricNetwork network = FabricNetwork.start("membership-endpoints")) {
            String external = "127.0.0.1:17171";
            GrapevineNode node = network.joinGrapevine(Map.of("CORE_PEER_GOSSIP_EXTERNALENDPOINT", external));
            Figures.note("known to all Go peers after joining", awaitMembers(BACK, 3, network.goPeers()));
            awaitMembers(BACK, 3, List.of(node));

            assertThat(network.goPeers())
                    .allSatisfy(
                            peer -> assertThat(network.lists(peer, external)).isTrue());
            assertThat(wentOnline(network.peer0OfOrg2(), external)).doesNotContain(node.address());
            assertThat(wentOnline(network.peer1(), external)).contains(node.address());
        }
    }

    /** What a Go peer logged when it first counted this endpoint to the channel: each peer by its external and internal one. */
    private static String wentOnline(LabPeer observer, String endpoint) {
        String line = observer.log().lines().stream()
                .filter(each -> each.contains("went online") && each.contains(endpoint))
                .findFirst()
                .orElseThrow();
        return line.substring(line.indexOf("went online"), line.indexOf("current view"));
    }

    @Test
    void aKilledPeerOfEitherKindIsMissedAndItsReturnNoticed() {
        try (FabricNetwork network = FabricNetwork.start("membership-kill")) {
            GrapevineNode node = network.joinGrapevine();
            awaitMembers(BACK, 3, network.goPeers());

            node.kill();
            Figures.note("Go peers miss our node after SIGKILL", awaitMembers(GONE, 2, network.goPeers()));
            assertThat(network.lists(network.peer0OfOrg2(), node.address())).isFalse();
            node.start();
            Figures.note("Go peers see our node return", awaitMembers(BACK, 3, network.goPeers()));

            GoPeer killed = network.peer1();
            killed.kill();
            List<LabPeer> others = List.of(node, network.peer0(), network.peer0OfOrg2());
            Figures.note("our node misses a Go peer after SIGKILL", awaitMembers(GONE, 2, List.of(node)));
            awaitMembers(GONE, 2, others);
            killed.start();
            Figures.note("our node sees a Go peer return", awaitMembers(BACK, 3, List.of(node)));
            awaitMembers(BACK, 3, others);
        }
    }

    @Test
    void returnsWithItsIdentityAtItsAddressOrAnother() {
        try (FabricNetwork network = FabricNetwork.start("membership-address")) {
            GrapevineNode node = network.joinGrapevine();
            awaitMembers(BACK, 3, network.goPeers());
            node.stop();
            node.start();
            network.submit(10, 1000);
            Figures.note("has the next block after a restart", FabricNetwork.awaitHeight(BACK, 2, List.of(node)));

            node.kill();
            String elsewhere = "localhost:17181";
            node.start(Map.of(
                    "CORE_PEER_LISTENADDRESS", "127.0.0.1:17181",
                    "CORE_PEER_ADDRESS", elsewhere,
                    "CORE_PEER_GOSSIP_ENDPOINT", elsewhere,
                    "CORE_PEER_GOSSIP_EXTERNALENDPOINT", elsewhere));
            Figures.note(
                    "listed at another address",
                    Await.until(
                            BACK,
                            "all Go peers list the node at " + elsewhere,
                            () -> network.goPeers().stream().allMatch(peer -> network.lists(peer, elsewhere))));
            assertThat(network.goPeers()).noneMatch(peer -> network.lists(peer, "localhost:17171"));
            network.submit(10, 1000);
            FabricNetwork.awaitHeight(BACK, 3, List.of(node));
        }
    }

    @Test
    void settlesOnOneStreamThoughBothDial() {
        try (FabricNetwork network = FabricNetwork.start("membership-streams")) {
            GrapevineNode node = network.joinGrapevine();
            awaitMembers(BACK, 3, network.goPeers());
            for (int round = 0; round < 3; round++) {
                node.kill();
                network.peer1().kill();
                Thread returning = new Thread(network.peer1()::start);
                returning.start();
                node.start();
                Await.until(BACK, "the Go peer has started", () -> !returning.isAlive());
                awaitMembers(BACK, 3, network.org1());
                Await.until(BACK, "one stream between the two", () -> streams(network) == 1);
                Await.stays(Duration.ofSeconds(6), "one stream between the two", () -> streams(network) == 1);
            }
        }
    }

    private static long streams(FabricNetwork network) {
        return TcpStreams.between(network.grapevine().pid(), network.peer1().pid());
    }

    @Test
    void joinsWhereGoPeersDemandClientCertificates() {
        try (FabricNetwork network = FabricNetwork.start("membership-mutual-tls", Map.of("LAB_PEER_MTLS", "true"))) {
            GrapevineNode node = network.joinGrapevine();
            awaitMembers(BACK, 3, network.org1());
            network.submit(20, 1000);
            FabricNetwork.awaitHeight(Duration.ofSeconds(15), 3, List.of(node));
            assertThat(organisations(node)).isEqualTo(organisations(network.peer1()));
        }
    }

    /** How many peers of each organisation it lists; Fabric's own command cannot ask a peer that demands certificates. */
    private static Map<String, Integer> organisations(LabPeer peer) {
        Map<String, Integer> counts = new TreeMap<>();
        peer.members().getPeersByOrgMap().forEach((name, peers) -> counts.put(name, peers.getPeersCount()));
        return counts;
    }

    private static Duration awaitMembers(Duration limit, int count, List<? extends LabPeer> observers) {
        return Await.until(
                limit,
                count + " others known to " + observers,
                () -> observers.stream().allMatch(peer -> peer.metric(MEMBERS).orElse(-1) == count));
    }
}
