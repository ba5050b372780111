package dev.grapevine.cli.verify;

import static dev.grapevine.cli.CommandRun.fixtures;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grapevine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every recorded verdict of Fabric, asked again through the command. */
class VerifyCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void agreesWithFabricOnBlocks() throws IOException {
        Path folder = fixtures("channel");
        for (JsonNode expected : cases(folder.resolve("verify-cases/cases.json"), "cases")) {
            CommandRun run = CommandRun.of(
                    "verify",
                    "blocks",
                    "--config",
                    folder.resolve("blocks")
                            .resolve(expected.get("config_block").asText() + ".block")
                            .toString(),
                    "--channel",
                    expected.get("verify_as_channel").asText(),
                    "--number",
                    expected.get("claimed_seq_num").asText(),
                    folder.resolve(expected.get("file").asText()).toString());

            assertVerdict(expected, run, "ok", expected.get("accepted").asBoolean());
        }
    }

    @Test
    void agreesWithFabricOnIdentities() throws IOException {
        Path folder = fixtures("msp-cases");
        JsonNode root = MAPPER.readTree(folder.resolve("cases.json").toFile());
        for (JsonNode expected : root.get("identity_cases")) {
            JsonNode msp = named(root.get("msps"), expected.get("msp").asText());
            CommandRun run = CommandRun.of(
                    "verify",
                    "identity",
                    "--msp",
                    folder.resolve(msp.get("msp_config_file").asText()).toString(),
                    "--msp-id",
                    msp.get("msp_id").asText(),
                    folder.resolve(expected.get("serialized_identity_file").asText())
                            .toString());

            boolean ok = expected.at("/validate/ok").asBoolean(false);
            assertVerdict(expected, run, "ok", ok);
            assertThat(roles(run)).as(expected.get("name").asText()).isEqualTo(satisfiedRoles(expected));
            if (expected.has("expired_when_recorded")) {
                assertThat(run.json().get("expired"))
                        .as(expected.get("name").asText())
                        .isEqualTo(expected.get("expired_when_recorded"));
            }
        }
    }

    private static List<String> roles(CommandRun run) {
        List<String> roles = new ArrayList<>();
        run.json().get("roles").forEach(role -> roles.add(role.asText()));
        return roles.stream().sorted().toList();
    }

    private static List<String> satisfiedRoles(JsonNode expected) {
        return expected.path("role_principals").properties().stream()
                .filter(role -> role.getValue().get("ok").asBoolean())
                .map(java.util.Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Test
    void agreesWithFabricOnMspsThatCannotBeSetUp() throws IOException {
        Path folder = fixtures("msp-cases");
        for (JsonNode msp : cases(folder.resolve("cases.json"), "msps")) {
            if (!msp.at("/setup/ok").asBoolean()) {
                CommandRun run = CommandRun.of(
                        "verify",
                        "identity",
                        "--msp",
                        folder.resolve(msp.get("msp_config_file").asText()).toString(),
                        "--msp-id",
                        msp.get("msp_id").asText(),
                        folder.resolve("identities/org1-peer0.bin").toString());

                assertVerdict(msp, run, "ok", false);
            }
        }
    }

    @Test
    void agreesWithFabricOnMessages() throws IOException {
        Path folder = fixtures("messages");
        Path identities = fixtures("identities");
        for (JsonNode expected : cases(folder.resolve("index.json"), "messages")) {
            String signer = expected.path("verifying_identity").asText("").isEmpty() ? "peer0.org1" : text(expected);
            CommandRun run = CommandRun.of(
                    "verify",
                    "message",
                    "--identity",
                    identities.resolve(signer + ".serialized-identity.bin").toString(),
                    folder.resolve(expected.get("file").asText()).toString());

            assertVerdict(expected, run, "ok", expected.path("signature_valid").asBoolean(false));
        }
    }

    private static String text(JsonNode expected) {
        return expected.get("verifying_identity").asText();
    }

    @Test
    void refusesAMessageUnderTheWrongIdentity() {
        CommandRun run = CommandRun.of(
                "verify",
                "message",
                "--identity",
                fixtures("identities")
                        .resolve("peer0.org2.serialized-identity.bin")
                        .toString(),
                fixtures("messages")
                        .resolve("007-AliveMsg-peer0.org1-peer2.org1.bin")
                        .toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("reason").asText()).startsWith("bad-signature");
    }

    @Test
    void agreesWithFabricOnSignaturePolicies(@TempDir Path dir) throws IOException {
        Path folder = fixtures("policy-cases");
        for (JsonNode expected : cases(folder.resolve("signature-policies.json"), "cases")) {
            CommandRun run = policy(
                    signatures(folder, dir, expected.path("signature_set")),
                    "--policy",
                    folder.resolve(expected.get("policy_file").asText()).toString());

            assertVerdict(expected, run, "satisfied", expected.path("satisfied").asBoolean(false));
        }
    }

    @Test
    void agreesWithFabricOnPoliciesInGroups(@TempDir Path dir) throws IOException {
        Path folder = fixtures("policy-cases");
        for (JsonNode expected : cases(folder.resolve("implicit-meta-policies.json"), "cases")) {
            CommandRun run = policy(
                    signatures(folder, dir, expected.path("signature_set")),
                    "--group",
                    folder.resolve(expected.get("config_group_file").asText()).toString(),
                    "--name",
                    expected.get("policy").asText());

            assertVerdict(expected, run, "satisfied", expected.path("satisfied").asBoolean(false));
        }
    }

    @Test
    void agreesWithFabricOnTheChannelsOwnPolicies(@TempDir Path dir) throws IOException {
        Path folder = fixtures("policy-cases");
        JsonNode root = MAPPER.readTree(folder.resolve("channel-policies.json").toFile());
        Path group = channelGroup(dir);
        for (JsonNode expected : root.get("policies")) {
            String name = expected.get("policy").asText();
            for (var verdict : expected.get("satisfied_by").properties()) {
                Path set = signatures(folder, dir, root.get("signature_sets").get(verdict.getKey()));
                boolean satisfied = verdict.getValue().asBoolean();

                assertVerdict(expected, policy(set, "--name", name), "satisfied", satisfied);
                assertVerdict(
                        expected, policy(set, "--group", group.toString(), "--name", name), "satisfied", satisfied);
            }
        }
    }

    private static Path channelGroup(Path dir) throws IOException {
        Block block = Block.parseFrom(Files.readAllBytes(fixtures("channel").resolve("blocks/31.block")));
        Payload payload =
                Payload.parseFrom(Envelope.parseFrom(block.getData().getData(0)).getPayload());
        return Files.write(
                dir.resolve("group.bin"),
                ConfigEnvelope.parseFrom(payload.getData())
                        .getConfig()
                        .getChannelGroup()
                        .toByteArray());
    }

    private static CommandRun policy(Path signatures, String... which) {
        List<String> arguments = new ArrayList<>(List.of(
                "verify",
                "policy",
                "--config",
                fixtures("channel").resolve("blocks/31.block").toString()));
        arguments.addAll(List.of(which));
        arguments.addAll(List.of("--signatures", signatures.toString()));
        return CommandRun.of(arguments.toArray(new String[0]));
    }

    /** The set in a file of its own, whose identities lie where the recorded ones do. */
    private static Path signatures(Path folder, Path dir, JsonNode set) throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        for (JsonNode entry : set) {
            ObjectNode copy = entry.deepCopy();
            copy.put(
                    "identity_file",
                    folder.resolve(entry.get("identity_file").asText())
                            .toAbsolutePath()
                            .toString());
            entries.add(copy);
        }
        Path file = dir.resolve("signatures.json");
        MAPPER.writeValue(file.toFile(), entries);
        return file;
    }

    private static Iterable<JsonNode> cases(Path file, String field) throws IOException {
        return MAPPER.readTree(file.toFile()).get(field);
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode entry : list) {
            if (entry.get("name").asText().equals(name)) {
                return entry;
            }
        }
        throw new AssertionError("no " + name);
    }

    private static void assertVerdict(JsonNode expected, CommandRun run, String verdict, boolean good) {
        assertThat(run.out()).as(run.err()).isNotEmpty();
        assertThat(run.json().get(verdict).asBoolean())
                .as("%s: %s", expected, run.out())
                .isEqualTo(good);
        assertThat(run.exitCode()).isEqualTo(good ? 0 : 1);
        assertThat(run.json().get("reason").asText().isEmpty()).isEqualTo(good);
    }
}
