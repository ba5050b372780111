package dev.grapevine.cli.inspect;

import static dev.grapevine.cli.CommandRun.fixtures;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    @Test
    void showsEveryRecordedBlockAsFabricComputedIt() throws IOException {
        Path folder = fixtures("channel");
        for (JsonNode expected : new ObjectMapper()
                .readTree(folder.resolve("expected.json").toFile())
                .get("blocks")) {
            JsonNode shown =
                    inspect("block", folder.resolve(expected.get("file").asText()));

            assertThat(shown.get("number")).isEqualTo(expected.get("number"));
            assertThat(shown.get("previous_hash")).isEqualTo(expected.get("previous_hash"));
            assertThat(shown.get("data_hash")).isEqualTo(expected.get("data_hash"));
            assertThat(shown.get("computed_data_hash")).isEqualTo(expected.get("data_hash_computed"));
            assertThat(shown.get("header_hash")).isEqualTo(expected.get("header_hash"));
            assertThat(shown.get("transactions")).isEqualTo(expected.get("tx_count"));
            assertThat(shown.get("is_config")).isEqualTo(expected.get("is_config_block"));
            assertThat(shown.get("channel").asText()).isEqualTo("lab");
            assertThat(shown.at("/signatures/0/subject")).isEqualTo(expected.at("/signatures/0/cert_subject"));
            assertThat(shown.at("/tx_ids/0")).isEqualTo(expected.at("/txs/0/tx_id"));
        }
    }

    @Test
    void showsEveryRecordedIdentity() throws IOException {
        Path folder = fixtures("identities");
        for (JsonNode expected : new ObjectMapper()
                .readTree(folder.resolve("identities.json").toFile())
                .findParents("pki_id")) {
            JsonNode shown =
                    inspect("identity", folder.resolve(expected.get("file").asText()));

            assertThat(shown.get("msp_id")).isEqualTo(expected.get("msp_id"));
            assertThat(shown.get("pki_id")).isEqualTo(expected.get("pki_id"));
            assertThat(shown.get("subject")).isEqualTo(expected.get("cert_subject"));
            assertThat(shown.get("expires_at")).isEqualTo(expected.get("not_after"));
            assertThat(shown.at("/organizational_units/0")).isEqualTo(expected.get("role_ou"));
        }
    }

    @Test
    void showsEveryRecordedMessage() throws IOException {
        Path folder = fixtures("messages");
        for (JsonNode expected : new ObjectMapper()
                .readTree(folder.resolve("index.json").toFile())
                .get("messages")) {
            JsonNode shown =
                    inspect("message", folder.resolve(expected.get("file").asText()));

            assertThat(shown.get("tag")).isEqualTo(expected.get("tag"));
            assertThat(shown.get("nonce")).isEqualTo(expected.get("nonce"));
            assertThat(shown.get("channel")).isEqualTo(expected.get("channel"));
            assertThat(shown.get("signed")).isEqualTo(expected.get("signed"));
            assertThat(shown.at("/secret/internal_endpoint"))
                    .isEqualTo(expected.at("/secret_envelope/internal_endpoint"));
        }
    }

    @Test
    void showsTheConfigurationTree() {
        JsonNode shown = inspect("config", fixtures("channel").resolve("config-block-latest.block"));

        assertThat(shown.at("/channel_group/groups/Application/groups").size()).isEqualTo(2);
        assertThat(shown.at("/channel_group/groups/Orderer/values/BatchSize/value/max_message_count")
                        .asInt())
                .isPositive();
    }

    @Test
    void anIdentityWhoseCertificateDoesNotParseStillHasItsPkiId(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("identity.bin");
        SerializedIdentity identity = SerializedIdentity.newBuilder()
                .setMspid("Org1MSP")
                .setIdBytes(ByteString.copyFromUtf8("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
                .build();
        Files.write(file, identity.toByteArray());

        JsonNode shown = inspect("identity", file);

        assertThat(shown.get("pki_id").asText())
                .isEqualTo("badba4ea0025a37e5272c4610d25228e4ce65e57ea290893a7d9e61e9bca14bb");
        assertThat(shown.get("certificate_error").asText()).contains("X.509");
    }

    private static JsonNode inspect(String kind, Path file) {
        CommandRun run = CommandRun.of("inspect", kind, file.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.json();
    }
}
