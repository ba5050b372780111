package dev.grapevine.cli.material;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
    private static final String CONFIG = """
            PeerOrgs:
              - Name: Org1
                Domain: org1.example.com
                EnableNodeOUs: true
                Template:
                  Count: 1
                Users:
                  Count: 1
            """;

    @TempDir
    private Path dir;

    @Test
    void whatItMakesIsRecognisedByItsOwnMsp() throws IOException {
        Path config = Files.writeString(dir.resolve("crypto-config.yaml"), CONFIG);

        CommandRun run = CommandRun.of(
                "crypto", "generate", "--config", config.toString(), "--output", dir.toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        Path organisation = Path.of(run.json().at("/organisations/0").asText());
        Path peer = identity(organisation.resolve("peers/peer0.org1.example.com/msp/signcerts"));
        CommandRun verified = CommandRun.of(
                "verify",
                "identity",
                "--msp",
                organisation.resolve("msp").toString(),
                "--msp-id",
                "Org1MSP",
                peer.toString());
        assertThat(verified.json().get("ok").asBoolean()).as(verified.out()).isTrue();
        assertThat(verified.json().get("roles").toString()).isEqualTo("[\"MEMBER\",\"PEER\"]");
    }

    private Path identity(Path signCerts) throws IOException {
        try (var certificates = Files.list(signCerts)) {
            byte[] pem = Files.readAllBytes(certificates.findFirst().orElseThrow());
            SerializedIdentity identity = SerializedIdentity.newBuilder()
                    .setMspid("Org1MSP")
                    .setIdBytes(ByteString.copyFrom(pem))
                    .build();
            return Files.write(dir.resolve("identity.bin"), identity.toByteArray());
        }
    }

    @Test
    void aConfigurationWithoutOrganisationsIsRefusedWithTheReason() throws IOException {
        Path config = Files.writeString(dir.resolve("crypto-config.yaml"), "PeerOrgs: []");

        CommandRun run = CommandRun.of("crypto", "generate", "--config", config.toString(), "--output", dir.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("names no organisation");
    }
}
