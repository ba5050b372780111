package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.ChainComparison;
import dev.grapevine.interop.lab.Command;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GoPeer;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.LabPeer;
import dev.grapevine.interop.lab.PrivateChaincode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Go peers run a chaincode with private data beside our node, which keeps none: its organisation is a member of the collection,
 * so that it is pushed private data and asked for it as any peer is.
 */
@FabricScenario
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivateDataTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String REFUSAL = "private data not supported";
    /** A chaincode whose endorsers need nobody's acknowledgement of a marble. */
    private static final String LENIENT = "lenient";
    /** One whose endorsers need that of all three others, of which our node is one. */
    private static final String STRICT = "strict";

    private FabricNetwork network;
    private GrapevineNode node;
    private PrivateChaincode chaincode;
    private List<LabPeer> all;

    @BeforeAll
    void start() {
        assumeTrue(PrivateChaincode.given().isPresent(), PrivateChaincode.MISSING);
        network = FabricNetwork.prepare(
                "private-data",
                Map.of(
                        "CORE_PEER_GOSSIP_PVTDATA_PULLRETRYTHRESHOLD", "10s",
                        "CORE_PEER_GOSSIP_PVTDATA_RECONCILESLEEPINTERVAL", "5s",
                        "CORE_LEDGER_PVTDATASTORE_DEPRIORITIZEDDATARECONCILERINTERVAL", "10s"));
        chaincode = PrivateChaincode.prepare(network);
        network.up();
        node = network.joinGrapevine();
        all = new ArrayList<>(network.goPeers());
        all.add(node);
        chaincode.install();
        chaincode.define(LENIENT, 0);
        chaincode.define(STRICT, 3);
        awaitEqualChains();
    }

    @AfterAll
    void end() {
        if (network != null) {
            network.close();
        }
    }

    private void awaitEqualChains() {
        long height = network.peer0OfOrg2().height();
        FabricNetwork.awaitHeight(SOON, height, all);
        for (GoPeer peer : network.goPeers()) {
            ChainComparison.assertSameChain(peer, node, height);
        }
    }

    /** A price needs the acknowledgement of Org2's peer, which gives it; what our node says of the marble does not count. */
    @Test
    void isEndorsedAndReachesEveryGoPeerWhereTheseSuffice() {
        network.goPeers().forEach(peer -> peer.log().mark());
        for (int i = 0; i < 5; i++) {
            Command.Result made = chaincode.make(LENIENT, "marble" + i, network.peer0());
            assertThat(made.exit()).as(made.errors()).isZero();
        }
        for (GoPeer peer : network.goPeers()) {
            for (int i = 0; i < 5; i++) {
                String marble = "marble" + i;
                Await.until(SOON, peer + " has " + marble, () -> chaincode.has(LENIENT, marble, peer));
            }
            assertThat(peer.log().warnings(node.address())).allMatch(line -> line.contains(REFUSAL));
        }
        awaitEqualChains();
    }

    @Test
    void isNotEndorsedWhereOurNodeWouldHaveToKeepIt() {
        network.peer0().log().mark();

        Command.Result made = chaincode.make(STRICT, "refused", network.peer0());

        assertThat(made.exit()).isNotZero();
        assertThat(made.errors()).contains("error in simulation").contains("disseminat");
        assertThat(network.peer0().log().warnings(node.address(), REFUSAL)).isNotEmpty();
    }

    /**
     * First our node is the only one that a peer can ask for what it has missed; then the other organisation's is back. What
     * nobody could give, a Go peer asks for again only after its {@code deprioritizedDataReconcilerInterval}.
     */
    @Test
    void isReconciledAmongGoPeersThoughOurNodeWasAskedFirst() {
        GoPeer late = network.peer1();
        late.stop();
        long height = node.height() + 1;
        assertThat(chaincode.make(LENIENT, "missed", network.peer0()).exit()).isZero();
        FabricNetwork.awaitHeight(SOON, height, List.of(network.peer0(), network.peer0OfOrg2(), node));
        network.peer0().stop();
        network.peer0OfOrg2().stop();

        late.log().mark();
        late.start(Map.of("LAB_LOGSPEC", "info:gossip.privdata=debug"));
        FabricNetwork.awaitHeight(SOON, height, List.of(late));
        Await.until(SOON, "our node is asked", () -> late.log().says("Sending " + node.address() + " request"));
        assertThat(chaincode.read(LENIENT, "missed", late).errors())
                .contains("private data matching public hash version is not available");

        network.peer0OfOrg2().start();
        Figures.note(
                "private data that our node could not give is reconciled after another peer's return",
                Await.until(SOON, "it is reconciled", () -> chaincode.has(LENIENT, "missed", late)));
        network.peer0().start();
        awaitEqualChains();
    }
}
