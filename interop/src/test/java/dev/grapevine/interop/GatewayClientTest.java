package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.GatewayConnection;
import dev.grapevine.interop.lab.GrapevineNode;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.FileCheckpointer;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.GatewayRuntimeException;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.hyperledger.fabric.protos.peer.FilteredTransaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An application on the official client library for Java. */
@FabricScenario
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayClientTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    private FabricNetwork network;
    private GrapevineNode node;

    @BeforeAll
    void start() {
        network = FabricNetwork.start("gateway");
        node = network.joinGrapevine();
        network.submit(20, 500);
        FabricNetwork.awaitHeight(SOON, 3, List.of(node));
    }

    @AfterAll
    void end() {
        network.close();
    }

    @Test
    void receivesBlocksOldAndNewAsTheGoPeerSendsThem() {
        try (GatewayConnection ours = GatewayConnection.open(node, "User1");
                GatewayConnection theirs = GatewayConnection.open(network.peer0(), "User1");
                CloseableIterator<Block> here = blocks(ours);
                CloseableIterator<Block> there = blocks(theirs)) {
            long height = node.height();
            network.submit(3, 500);
            for (long number = 0; number <= height; number++) {
                Block mine = here.next();
                Block others = there.next();
                assertThat(mine.getHeader()).isEqualTo(others.getHeader());
                assertThat(mine.getData()).isEqualTo(others.getData());
            }
        }
    }

    private static CloseableIterator<Block> blocks(GatewayConnection connection) {
        return connection
                .network()
                .newBlockEventsRequest()
                .startBlock(0)
                .build()
                .getEvents();
    }

    @Test
    void filteredBlocksNameTheSameTransactionsAndClaimNothingOfTheirValidity() {
        try (GatewayConnection ours = GatewayConnection.open(node, "User1");
                GatewayConnection theirs = GatewayConnection.open(network.peer0(), "User1");
                CloseableIterator<FilteredBlock> here = filtered(ours);
                CloseableIterator<FilteredBlock> there = filtered(theirs)) {
            for (int number = 0; number < 3; number++) {
                FilteredBlock mine = here.next();
                FilteredBlock others = there.next();
                assertThat(mine.getNumber()).isEqualTo(number);
                assertThat(mine.getChannelId()).isEqualTo(others.getChannelId());
                assertThat(identifiers(mine)).isEqualTo(identifiers(others));
                assertThat(mine.getFilteredTransactionsList())
                        .allMatch(each -> each.getTxValidationCode() == TxValidationCode.NOT_VALIDATED);
            }
        }
    }

    private static CloseableIterator<FilteredBlock> filtered(GatewayConnection connection) {
        return connection
                .network()
                .newFilteredBlockEventsRequest()
                .startBlock(0)
                .build()
                .getEvents();
    }

    private static List<String> identifiers(FilteredBlock block) {
        return block.getFilteredTransactionsList().stream()
                .map(FilteredTransaction::getTxid)
                .toList();
    }

    @Test
    void goesOnFromItsCheckpointAfterTheNodeWasRestarted() throws IOException {
        List<Long> received = new ArrayList<>();
        try (FileCheckpointer checkpointer =
                        new FileCheckpointer(network.folder().resolve("checkpoint.json"));
                GatewayConnection connection = GatewayConnection.open(node, "User1")) {
            receive(connection.network(), checkpointer, received, 2);
            node.kill();
            assertThatThrownBy(() -> receive(connection.network(), checkpointer, new ArrayList<>(), 1))
                    .as("a node that is gone")
                    .isInstanceOf(GatewayRuntimeException.class);
            node.start();
            network.submit(20, 500);
            Await.until(SOON, "the node has caught up", () -> node.height() >= 5);
            connection.awaitConnected();

            receive(connection.network(), checkpointer, received, 3);
        }
        assertThat(received).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    private static void receive(Network channel, FileCheckpointer checkpointer, List<Long> received, int count)
            throws IOException {
        try (CloseableIterator<FilteredBlock> events = channel.newFilteredBlockEventsRequest()
                .startBlock(0)
                .checkpoint(checkpointer)
                .build()
                .getEvents()) {
            for (int i = 0; i < count; i++) {
                long number = events.next().getNumber();
                received.add(number);
                checkpointer.checkpointBlock(number);
            }
        }
    }

    @Test
    void transactionsAreRefusedWithTheReason() {
        try (GatewayConnection connection = GatewayConnection.open(node, "User1")) {
            Network channel = connection.network();
            Contract contract = channel.getContract("any");
            assertThatThrownBy(() -> contract.evaluateTransaction("read"))
                    .isInstanceOfSatisfying(GatewayException.class, GatewayClientTest::isUnimplemented)
                    .hasMessageContaining("runs no chaincode");
            assertThatThrownBy(() -> contract.submitTransaction("write"))
                    .isInstanceOfSatisfying(EndorseException.class, GatewayClientTest::isUnimplemented)
                    .hasMessageContaining("runs no chaincode");
            assertThatThrownBy(() -> channel.getChaincodeEvents("any").next())
                    .isInstanceOf(GatewayRuntimeException.class)
                    .hasMessageContaining("block events");
            assertThatThrownBy(() -> channel.newBlockAndPrivateDataEventsRequest()
                            .startBlock(0)
                            .build()
                            .getEvents()
                            .next())
                    .isInstanceOf(GatewayRuntimeException.class)
                    .hasMessageContaining("holds no private data");
        }
    }

    private static void isUnimplemented(GatewayException refused) {
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }
}
