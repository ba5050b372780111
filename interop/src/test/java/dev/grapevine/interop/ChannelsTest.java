package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.cli.client.AdminClient;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.PeerClient;
import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.LabPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.junit.jupiter.api.Test;

/** Two channels on one node; one is left, and joined again. */
@FabricScenario
class ChannelsTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String SECOND = "second";
    private static final String ORDERER = "localhost:17050";

    @Test
    void aChannelIsLeftAndJoinedAgainWhileAnotherGoesOn() {
        try (FabricNetwork network = FabricNetwork.start("channels")) {
            GrapevineNode node = network.joinGrapevine();
            Path genesis = network.addChannel(SECOND);
            for (LabPeer peer : List.of(network.peer0(), network.peer1(), node)) {
                join(network, peer, genesis);
            }
            assertThat(node.ask(PeerClient::channels)).containsExactly(FabricNetwork.CHANNEL, SECOND);
            submit(network, 20);
            Await.until(SOON, "both channels on our node", () -> height(node, SECOND) == 3 && node.height() == 3);

            leave(node);
            assertThat(node.ask(PeerClient::channels)).containsExactly(FabricNetwork.CHANNEL);
            assertThat(network.peerCommand(node, "channel", "getinfo", "-c", SECOND)
                            .errors())
                    .contains("Invalid chain ID");
            Figures.note(
                    "a Go peer no longer lists our node in a channel that it left",
                    Await.until(
                            SOON,
                            "the Go peer has noticed",
                            () -> !members(network).contains(node.address())));
            submit(network, 20);
            Await.until(SOON, "the other channel goes on", () -> node.height() == 5);
            Await.until(SOON, "and the Go peers go on", () -> height(network.peer0(), SECOND) == 5);

            join(network, node, genesis);
            Figures.note(
                    "blocks of a channel that was joined again",
                    Await.until(SOON, "our node has caught up", () -> height(node, SECOND) == 5));
            assertThat(headers(node)).isEqualTo(headers(network.peer0()));
            Await.until(
                    SOON, "the Go peer lists it again", () -> members(network).contains(node.address()));
        }
    }

    private static void join(FabricNetwork network, LabPeer peer, Path genesis) {
        assertThat(network.peerCommand(peer, "channel", "join", "-b", genesis.toString())
                        .exit())
                .as("%s joins", peer)
                .isZero();
    }

    private static void leave(GrapevineNode node) {
        try (Connection connection = node.organisation().connect(node.address(), node.organisation())) {
            new AdminClient(connection).leave(SECOND);
        }
    }

    private static void submit(FabricNetwork network, int envelopes) {
        network.submit(SECOND, ORDERER, envelopes, 500);
        network.submit(FabricNetwork.CHANNEL, ORDERER, envelopes, 500);
    }

    private static String members(FabricNetwork network) {
        return network.discover(network.peer0(), "peers", "--channel=" + SECOND);
    }

    private static long height(LabPeer peer, String channel) {
        return peer.ask(client -> client.info(channel).getHeight());
    }

    private static List<BlockHeader> headers(LabPeer peer) {
        return peer.ask(client -> LongStream.range(0, 5)
                .mapToObj(number -> client.block(SECOND, number).getHeader())
                .toList());
    }
}
