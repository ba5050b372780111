package dev.grapevine.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandRun;
import dev.grapevine.proto.SignedGossipMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.Empty;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableInputTest {
    @TempDir
    private Path dir;

    @Test
    void whatCannotBeReadIsAnAnswerAndTheOthersStillGetTheirs() throws IOException {
        Path garbage = Files.write(dir.resolve("garbage"), new byte[] {-1, -1, -1});
        Path unsigned = Files.write(
                dir.resolve("unsigned"),
                SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                                .setEmpty(Empty.getDefaultInstance())
                                .build())
                        .wire()
                        .toByteArray());

        CommandRun run = CommandRun.of(
                "verify",
                "message",
                "--identity",
                "nobody",
                garbage.toString(),
                dir.resolve("absent").toString(),
                unsigned.toString());

        List<String> lines = run.out().lines().toList();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(lines)
                .hasSize(3)
                .allSatisfy(line -> assertThat(
                                new ObjectMapper().readTree(line).get("ok").asBoolean())
                        .isFalse());
        assertThat(lines.get(0)).contains("is no gossip message");
        assertThat(lines.get(1)).contains("there is no file");
        assertThat(lines.get(2)).contains("carries no signature");
    }

    @Test
    void anIdentityThatIsNotThereIsAnAnswer() {
        CommandRun run = CommandRun.of("verify", "identity", "--msp", dir.toString(), "--msp-id", "Org1MSP", "absent");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("ok").asBoolean()).isFalse();
        assertThat(run.json().get("expired").asBoolean()).isFalse();
        assertThat(run.json().get("reason").asText()).contains("there is no file absent");
        assertThat(run.json().get("roles")).isEmpty();
    }

    @Test
    void aPolicyOverSignaturesThatAreNotJsonIsNotSatisfied() throws IOException {
        Path config = Files.write(dir.resolve("config"), ByteString.EMPTY.toByteArray());

        CommandRun run = CommandRun.of(
                "verify",
                "policy",
                "--config",
                config.toString(),
                "--name",
                "/Channel/Readers",
                "--signatures",
                "none");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("satisfied").asBoolean()).isFalse();
        assertThat(run.json().get("reason").asText()).contains("not-a-config-block");
    }

    @Test
    void aBadNumberOrChannelNameIsWrongUsage() {
        assertThat(CommandRun.of("verify", "blocks", "--config", "c", "--channel", "UPPER", "f")
                        .exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of("verify", "blocks", "--config", "c", "--channel", "lab", "--number", "x", "f")
                        .exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of("verify").exitCode()).isEqualTo(2);
    }
}
