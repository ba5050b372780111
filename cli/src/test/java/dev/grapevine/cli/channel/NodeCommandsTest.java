package dev.grapevine.cli.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCommandsTest {
    @TempDir
    private static Path material;

    @TempDir
    private Path dir;

    private FakeNode node;

    @BeforeAll
    static void makeAnIdentity() throws IOException {
        Path config = Files.writeString(
                material.resolve("crypto-config.yaml"),
                "PeerOrgs: [{Name: Org1, Domain: org1.example.com, EnableNodeOUs: true}]");
        CommandRun run =
                CommandRun.of("crypto", "generate", "--config", config.toString(), "--output", material.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @BeforeEach
    void start() throws IOException {
        node = new FakeNode();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void joinsAChannel() throws IOException {
        Path block = Files.write(dir.resolve("lab.block"), FakeNode.BLOCK.toByteArray());

        CommandRun run = run("channel", "join", "-b", block.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains(node.address() + " has joined");
        assertThat(node.calls).containsExactly("JoinChain");
    }

    @Test
    void aRefusalIsExitCodeOneWithTheNodesReason() throws IOException {
        Path block = Files.write(dir.resolve("empty.block"), new byte[0]);

        CommandRun run = run("channel", "join", "-b", block.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("the node refused: an empty block");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void listsChannels() {
        assertThat(run("channel", "list").out()).isEqualTo("lab" + System.lineSeparator());
        assertThat(run("channel", "list", "--json").json().at("/channels/0").asText())
                .isEqualTo("lab");
    }

    @Test
    void showsHeightAndHashes() {
        assertThat(run("channel", "info", "-c", "lab").out()).contains("height         7", "current hash   0a");
        assertThat(run("channel", "info", "-c", "lab", "--json")
                        .json()
                        .get("height")
                        .asLong())
                .isEqualTo(7);
    }

    @Test
    void fetchesBlocksIntoFiles() throws IOException {
        for (String which : List.of("newest", "6", "config")) {
            Path file = dir.resolve(which);

            CommandRun run = run("channel", "fetch", which, file.toString(), "-c", "lab", "--json");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.json().get("number").asLong()).isEqualTo(6);
            assertThat(Block.parseFrom(Files.readAllBytes(file))).isEqualTo(FakeNode.BLOCK);
        }
        assertThat(run("channel", "fetch", "middle", dir.resolve("x").toString(), "-c", "lab")
                        .err())
                .contains("give a number, oldest, newest or config");
    }

    @Test
    void leavesAChannel() {
        assertThat(run("channel", "leave", "-c", "lab").exitCode()).isZero();
        CommandRun refused = run("channel", "leave", "-c", "other");

        assertThat(node.calls).containsExactly("leave lab", "leave other");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("not in channel other");
    }

    @Test
    void showsThePeersOfAChannel() {
        assertThat(run("peers", "-c", "lab").out()).contains("PKI-ID", "Org1MSP", "peer0:7051", "7");

        CommandRun run = run("peers", "-c", "lab", "--json");
        assertThat(run.json().at("/peers/0/pki_id").asText()).hasSize(64);
        assertThat(run.json().at("/peers/0/endpoint").asText()).isEqualTo("peer0:7051");
        assertThat(run.json().at("/peers/0/height").asLong()).isEqualTo(7);
    }

    @Test
    void showsWhoLeadsTheNodesOwnOrganisation() {
        CommandRun run = run("peers", "-c", "lab", "--json");

        assertThat(run.json().at("/peers/0/leader").asBoolean(true)).isFalse();
        assertThat(run.json().at("/peers/1/leader").asBoolean()).isTrue();
        assertThat(run.json().at("/peers/2").has("leader")).isFalse();
        assertThat(run("peers", "-c", "lab").out()).contains("LEADER").containsPattern("peer1:7051 +7  leader");
    }

    @Test
    void aPlainFabricPeerIsShownWithoutLeaders() {
        node.plainFabric = true;

        CommandRun run = run("peers", "-c", "lab", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().at("/peers/1").has("leader")).isFalse();
        assertThat(run("peers", "-c", "lab").out()).contains("peer1:7051").doesNotContain("LEADER");
    }

    @Test
    void whoMayNotKnowTheLeaderSeesThePeersAndIsToldWhy() {
        node.refusingStatus = true;

        CommandRun run = run("peers", "-c", "lab");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("peer1:7051").doesNotContain("LEADER");
        assertThat(run.err()).contains("Who leads is not shown", "readers of lab", "not-a-reader");
    }

    @Test
    void submitsMoreThanFitsIntoOneWindow() {
        CommandRun run = submit("--count", "1000", "--bytes", "2000", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("accepted").asLong()).isEqualTo(1000);
    }

    @Test
    void stopsSubmittingWhenItIsRefused() {
        node.acceptedEnvelopes = 300;

        CommandRun run = submit("--count", "1000");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("accepted 300 envelopes, then: refused with FORBIDDEN: enough");
    }

    @Test
    void nobodyThereIsAFailureWithTheAddress() {
        String address = node.address();
        node.close();

        CommandRun run = run("channel", "list");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(address + " answered UNAVAILABLE");
    }

    private CommandRun run(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--peer", node.address()));
        return asAdmin(arguments);
    }

    private CommandRun submit(String... options) {
        List<String> arguments = new ArrayList<>(List.of("submit", "-c", "lab", "-o", node.address()));
        arguments.addAll(List.of(options));
        return asAdmin(arguments);
    }

    private static CommandRun asAdmin(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        Path admin = material.resolve("peerOrganizations/org1.example.com/users/Admin@org1.example.com/msp");
        arguments.addAll(List.of("--msp-id", "Org1MSP", "--msp-dir", admin.toString()));
        return CommandRun.of(arguments.toArray(new String[0]));
    }
}
