package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.ChainComparison;
import dev.grapevine.interop.lab.Command;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.LabPeer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ProcessedTransaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.Test;

/**
 * Our node passes no verdict on transactions, and no other peer's either. A Go peer that has its whole chain from our node
 * validates it for itself.
 */
@FabricScenario
class ValidationFlagsTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final byte NOT_VALIDATED = (byte) 254;
    private static final long HEIGHT = 31;

    @Test
    void whatAGoPeerGetsFromUsItValidatesItself() throws InvalidProtocolBufferException {
        try (FabricNetwork network = FabricNetwork.start("flags")) {
            network.submit(300, 500);
            FabricNetwork.awaitHeight(SOON, HEIGHT, network.goPeers());
            List<ByteString> verdicts = metadata(network.peer0(), BlockMetadataIndex.TRANSACTIONS_FILTER);
            List<ByteString> hashes = metadata(network.peer0(), BlockMetadataIndex.COMMIT_HASH);
            assertThat(verdicts.get(0)).isEqualTo(ByteString.copyFrom(new byte[] {0}));

            GrapevineNode node = network.joinGrapevine();
            FabricNetwork.awaitHeight(SOON, HEIGHT, List.of(node));
            assertThat(metadata(node, BlockMetadataIndex.TRANSACTIONS_FILTER))
                    .as("what came from Go peers by state transfer, with their verdicts")
                    .allMatch(ValidationFlagsTest::isUndecided);
            assertThat(metadata(node, BlockMetadataIndex.COMMIT_HASH)).allMatch(ByteString::isEmpty);

            String transaction = firstTransaction(node.block(1));
            assertThat(verdict(network, node, transaction)).isEqualTo(TxValidationCode.NOT_VALIDATED);
            assertThat(verdict(network, network.peer0(), transaction)).isEqualTo(TxValidationCode.BAD_COMMON_HEADER);

            network.stopOrderer();
            network.peer0OfOrg2().stop();
            network.peer0().stop();
            network.peer1().wipe();
            network.peer1().start();
            Figures.note(
                    "a Go peer has 30 blocks from our node alone, the network's only other member",
                    Await.until(
                            Duration.ofMinutes(3),
                            "the Go peer has its chain from our node",
                            () -> network.peer1().height() == HEIGHT));

            assertThat(metadata(network.peer1(), BlockMetadataIndex.TRANSACTIONS_FILTER))
                    .as("its own verdicts, which are those of the other Go peer")
                    .isEqualTo(verdicts);
            assertThat(metadata(network.peer1(), BlockMetadataIndex.COMMIT_HASH))
                    .isEqualTo(hashes);
            ChainComparison.assertSameChain(network.peer1(), node, HEIGHT);
        }
    }

    private static String firstTransaction(Block block) throws InvalidProtocolBufferException {
        Envelope envelope = Envelope.parseFrom(block.getData().getData(0));
        ByteString header = Payload.parseFrom(envelope.getPayload()).getHeader().getChannelHeader();
        return ChannelHeader.parseFrom(header).getTxId();
    }

    /** What a peer's QSCC answers to Fabric's own command. */
    private static TxValidationCode verdict(FabricNetwork network, LabPeer peer, String transaction)
            throws InvalidProtocolBufferException {
        Command.Result answer = network.peerCommand(
                peer,
                "chaincode",
                "query",
                "--channelID=" + FabricNetwork.CHANNEL,
                "--name=qscc",
                "--hex",
                "--ctor={\"Args\":[\"GetTransactionByID\",\"%s\",\"%s\"]}"
                        .formatted(FabricNetwork.CHANNEL, transaction));
        assertThat(answer.exit()).as(answer.errors()).isZero();
        byte[] bytes = HexFormat.of().parseHex(answer.output().strip());
        return TxValidationCode.forNumber(ProcessedTransaction.parseFrom(bytes).getValidationCode());
    }

    private static boolean isUndecided(ByteString flags) {
        for (byte flag : flags) {
            if (flag != NOT_VALIDATED) {
                return false;
            }
        }
        return !flags.isEmpty();
    }

    private static List<ByteString> metadata(LabPeer peer, BlockMetadataIndex index) {
        return peer.ask(client -> LongStream.range(0, HEIGHT)
                .mapToObj(number -> metadata(client.block(FabricNetwork.CHANNEL, number), index))
                .toList());
    }

    private static ByteString metadata(Block block, BlockMetadataIndex index) {
        int at = index.getNumber();
        return block.getMetadata().getMetadataCount() > at ? block.getMetadata().getMetadata(at) : ByteString.EMPTY;
    }
}
