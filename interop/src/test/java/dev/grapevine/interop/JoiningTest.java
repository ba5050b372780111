package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.ChainComparison;
import dev.grapevine.interop.lab.Command;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.LabPeer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first minute of a node in a network of Go peers. */
@FabricScenario
class JoiningTest {
    @Test
    void joinsByTheRealCommandAndReceivesTheBlocksThatFollow() {
        try (FabricNetwork network = FabricNetwork.start("joining")) {
            GrapevineNode node = network.joinGrapevine();
            Command.Result channels = network.peerCommand(node, "channel", "list");
            assertThat(channels.exit()).isZero();
            assertThat(channels.output()).contains("Channels peers has joined", FabricNetwork.CHANNEL);

            Duration seen = Await.until(
                    Duration.ofSeconds(15),
                    "our node is among the members that peer0.org1 lists",
                    () -> network.discover(network.peer0(), "peers", "--channel=" + FabricNetwork.CHANNEL)
                            .contains(node.address()));
            Figures.note("listed by a Go peer after joining", seen);

            network.submit(50, 1000);
            FabricNetwork.awaitHeight(Duration.ofSeconds(15), 6, network.goPeers());
            Figures.note(
                    "all blocks of a burst, after the Go peers had them",
                    FabricNetwork.awaitHeight(
                            Duration.ofSeconds(15), network.peer0().height(), List.of(node)));
            ChainComparison.assertSameChain(network.peer0(), node, 6);
            assertThat(information(network, node)).isEqualTo(information(network, network.peer0()));
        }
    }

    private static String information(FabricNetwork network, LabPeer peer) {
        return network.peerCommand(peer, "channel", "getinfo", "-c", FabricNetwork.CHANNEL)
                .output();
    }
}
