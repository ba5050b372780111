package dev.grapevine.interop;

import static dev.grapevine.interop.lab.FabricNetwork.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.CertificateIssuer;
import dev.grapevine.interop.lab.Command;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.LabPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Fabric's own commands, against our node and against a Go peer. */
@FabricScenario
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientCommandsTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    private FabricNetwork network;
    private GrapevineNode node;
    private LabPeer goPeer;

    @BeforeAll
    void start() {
        network = FabricNetwork.start("commands");
        node = network.joinGrapevine();
        goPeer = network.peer0();
        network.submit(20, 500);
        FabricNetwork.awaitHeight(SOON, 3, List.of(network.peer0(), network.peer1(), network.peer0OfOrg2(), node));
    }

    @AfterAll
    void end() {
        network.close();
    }

    @Test
    void listAndGetinfoSayTheSame() {
        assertSame("channel", "list");
        assertSame("channel", "getinfo", "-c", CHANNEL);
        assertSame("channel", "getinfo", "-c", "nowhere");
        assertSame("channel", "list", "extra");
    }

    private void assertSame(String... arguments) {
        Command.Result ours = network.peerCommand(node, arguments);
        Command.Result theirs = network.peerCommand(goPeer, arguments);
        assertThat(ours.exit()).isEqualTo(theirs.exit());
        assertThat(ours.output()).isEqualTo(theirs.output());
        assertThat(ours.errors()).isEqualTo(theirs.errors());
    }

    @Test
    void fetchGivesTheSameHeadersAndData() throws IOException {
        for (String which : List.of("oldest", "newest", "config", "1")) {
            Block ours = fetch(node, which);
            Block theirs = fetch(goPeer, which);
            assertThat(ours.getHeader()).as(which).isEqualTo(theirs.getHeader());
            assertThat(ours.getData()).as(which).isEqualTo(theirs.getData());
            assertThat(ours.getMetadata().getMetadataCount())
                    .as(which)
                    .isEqualTo(theirs.getMetadata().getMetadataCount());
        }
        assertThat(network.peerCommand(node, "channel", "fetch", "99", file("99"), "-c", CHANNEL)
                        .exit())
                .isEqualTo(network.peerCommand(goPeer, "channel", "fetch", "99", file("99"), "-c", CHANNEL)
                        .exit())
                .isNotZero();
    }

    private Block fetch(LabPeer peer, String which) throws IOException {
        Command.Result result = network.peerCommand(peer, "channel", "fetch", which, file(which), "-c", CHANNEL);
        assertThat(result.exit()).as(result.errors()).isZero();
        return Block.parseFrom(Files.readAllBytes(Path.of(file(which))));
    }

    private String file(String which) {
        return network.folder().resolve("fetched-" + which).toString();
    }

    @Test
    void discoverListsTheSamePeersAndConfiguration() throws JsonProcessingException {
        assertSameDiscovery("peers", "--channel=" + CHANNEL);
        assertSameDiscovery("peers");
        assertThat(json(node, "config", "--channel=" + CHANNEL))
                .isEqualTo(json(goPeer, "config", "--channel=" + CHANNEL));
    }

    /** The heights of others may be behind by one announcement. */
    private void assertSameDiscovery(String... query) {
        Await.until(
                SOON,
                "the same answer to " + List.of(query),
                () -> peers(node, query).equals(peers(goPeer, query)));
        assertThat(peers(node, query)).hasSize(4);
    }

    private List<JsonNode> peers(LabPeer peer, String... query) {
        try {
            List<JsonNode> peers = new ArrayList<>();
            json(peer, query).forEach(peers::add);
            peers.sort(Comparator.comparing(each -> each.get("Endpoint").asText()));
            return peers;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode json(LabPeer peer, String... query) throws JsonProcessingException {
        String[] more = List.of(query).subList(1, query.length).toArray(String[]::new);
        return new ObjectMapper().readTree(network.discover(peer, query[0], more));
    }

    @Test
    void endorsersAreNotToBeHadHere() {
        Command.Result result =
                network.discoverAs("User1", node, "endorsers", "--channel=" + CHANNEL, "--chaincode=any");

        assertThat(result.exit()).isNotZero();
        assertThat(result.output() + result.errors()).contains("endorsement queries are not available here");
    }

    @Test
    void localPeersAreForAdministratorsAsOnAGoPeer() {
        Command.Result ours = network.discoverAs("User1", node, "peers");
        Command.Result theirs = network.discoverAs("User1", goPeer, "peers");

        assertThat(ours.exit()).isEqualTo(theirs.exit()).isNotZero();
        assertThat(ours.output() + ours.errors())
                .isEqualTo(theirs.output() + theirs.errors())
                .contains("access denied");
    }

    @Test
    void whoIsNoAdministratorOfOursJoinsNothingAndStrangersSeeNothing() {
        for (LabPeer peer : List.of(goPeer, node)) {
            Callers callers = new Callers(network, peer);
            assertThat(callers.join(callers.user(peer.organisation(), "User1")))
                    .as("a plain user joins, %s", peer)
                    .contains("access denied");
            assertThat(callers.join(callers.user(network.peer0OfOrg2().organisation(), "Admin")))
                    .as("another organisation's administrator joins, %s", peer)
                    .contains("access denied");
            assertThat(callers.list(callers.user(network.peer0OfOrg2().organisation(), "User1")))
                    .as("a member of another organisation lists channels, %s", peer)
                    .contains("access denied");
            assertThat(callers.height(callers.user(network.peer0OfOrg2().organisation(), "User1")))
                    .as("a member of another organisation asks without naming the channel in the header, %s", peer)
                    .contains("access denied");
            assertThat(callers.fetch(callers.user(network.peer0OfOrg2().organisation(), "User1")))
                    .as("a member of the channel asks for a block, %s", peer)
                    .startsWith("block");
            assertThat(callers.fetch(callers.user(network.orderers(), "Admin")))
                    .as("an orderer's administrator is no reader of the application, %s", peer)
                    .contains("FORBIDDEN");
        }
    }

    @Test
    void anExpiredCertificateIsRefusedWhereAGoPeerRefusesIt() {
        Path late = CertificateIssuer.of(node.organisation())
                .expiredClient(
                        node.organisation().user("User1").resolve("msp"),
                        network.folder().resolve("expired"));
        SigningIdentity expired = node.organisation().identity(late);
        for (LabPeer peer : List.of(goPeer, node)) {
            Callers callers = new Callers(network, peer);
            assertThat(callers.height(expired)).as("a query, %s", peer).contains("expired");
            assertThat(callers.fetch(expired)).as("block events, %s", peer).contains("FORBIDDEN");
        }
        assertThat(new Callers(network, node).discover(expired))
                .as("discovery, where a Go peer does not look at that")
                .contains("access denied");
    }
}
