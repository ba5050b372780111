package dev.grapevine.interop;

import static dev.grapevine.interop.lab.FabricNetwork.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.interop.lab.ChainComparison;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.LabPeer;
import dev.grapevine.interop.lab.RawBroadcast;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Status;
import org.junit.jupiter.api.Test;

/**
 * Envelopes with fields that nobody knows behind the known ones. Go keeps them byte for byte; a parser that puts them in
 * another order would refuse what the whole network commits. One of the Go peers may be of a newer release, which checks the
 * form of transactions as we do (property {@code fabric.bin.newer}).
 */
@FabricScenario
class UnusualTransactionsTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    /** Field 4 as a number, then field 3 as bytes: not in ascending order. */
    private static final ByteString OUT_OF_ORDER = bytes("20011a0103");

    /** Field 5 as a group in a group, two hundred times. */
    private static final ByteString NESTED = bytes("2b".repeat(200) + "2c".repeat(200));

    /** A field number of the highest kind, with a fixed-size value. */
    private static final ByteString HIGHEST_FIELD = bytes("fdffffff0f01020304");

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    @Test
    void areCommittedAsOnTheGoPeersOfEitherRelease() {
        String newer = System.getProperty("fabric.bin.newer", "");
        try (FabricNetwork network = FabricNetwork.start("unusual")) {
            GrapevineNode node = network.joinGrapevine();
            if (!newer.isEmpty()) {
                network.peer0OfOrg2().stop();
                network.peer0OfOrg2().start(Map.of("FABRIC_BIN", newer));
            }
            List<LabPeer> all = List.of(node, network.peer0(), network.peer1(), network.peer0OfOrg2());
            long height = 1;
            for (ByteString tail : List.of(OUT_OF_ORDER, NESTED, HIGHEST_FIELD)) {
                submit(network, tail);
                FabricNetwork.awaitHeight(SOON, ++height, all);
                for (LabPeer peer : all) {
                    assertThat(peer.block(height - 1).getData().getData(0).endsWith(tail))
                            .as("%s keeps the tail", peer)
                            .isTrue();
                }
            }
            network.submit(10, 500);
            FabricNetwork.awaitHeight(SOON, ++height, all);
            ChainComparison.assertSameChain(network.peer0OfOrg2(), node, height);

            node.wipe();
            network.joinGrapevine();
            FabricNetwork.awaitHeight(SOON, height, List.of(node));
            ChainComparison.assertSameChain(network.peer0(), node, height);
        }
    }

    private static void submit(FabricNetwork network, ByteString tail) {
        try (Connection user = network.peer0().organisation().connectAs("User1", network.peer0())) {
            ByteString envelope = user.envelope(HeaderType.MESSAGE, CHANNEL, ByteString.copyFromUtf8("unusual"))
                    .toByteString()
                    .concat(tail);
            assertThat(RawBroadcast.submit("localhost:17050", network.orderers(), envelope)
                            .getStatus())
                    .isEqualTo(Status.SUCCESS);
        }
    }
}
