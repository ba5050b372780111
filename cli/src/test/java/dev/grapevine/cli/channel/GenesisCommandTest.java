package dev.grapevine.cli.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grapevine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenesisCommandTest {
    private static final String CONFIG = """
            PeerOrgs:
              - {Name: Org1, Domain: org1.example.com, EnableNodeOUs: true, Template: {Count: 1}}
            OrdererOrgs:
              - {Name: Orderer, Domain: example.com, EnableNodeOUs: true, Specs: [{Hostname: orderer}]}
            """;

    @TempDir
    private static Path dir;

    @BeforeAll
    static void makeOrganisations() throws IOException {
        Path config = Files.writeString(dir.resolve("crypto-config.yaml"), CONFIG);
        CommandRun run = CommandRun.of("crypto", "generate", "--config", config.toString(), "--output", dir.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void theBlockSaysWhatWasAskedFor() {
        CommandRun run = genesis("lab", "--batch-count", "10", "--batch-timeout", "500ms");
        assertThat(run.exitCode()).as(run.err()).isZero();

        JsonNode group = CommandRun.of(
                        "inspect", "config", dir.resolve("lab.block").toString())
                .json()
                .get("channel_group");

        assertThat(group.at("/groups/Orderer/values/BatchSize/value/max_message_count")
                        .asInt())
                .isEqualTo(10);
        assertThat(group.at("/groups/Orderer/values/BatchTimeout/value/timeout").asText())
                .isEqualTo("500ms");
        assertThat(group.at("/groups/Orderer/groups/OrdererMSP/values/Endpoints/value/addresses/0")
                        .asText())
                .isEqualTo("orderer.example.com:7050");
        assertThat(group.at("/groups/Application/groups/Org1MSP/values/AnchorPeers/value/anchor_peers/0/host")
                        .asText())
                .isEqualTo("peer0.org1.example.com");
    }

    @Test
    void itsPoliciesCanBeEvaluated() throws IOException {
        genesis("policies");
        Path nobody = Files.writeString(dir.resolve("nobody.json"), "[]");

        CommandRun run = CommandRun.of(
                "verify",
                "policy",
                "--config",
                dir.resolve("policies.block").toString(),
                "--name",
                "/Channel/Application/Readers",
                "--signatures",
                nobody.toString());

        assertThat(run.json().get("satisfied").asBoolean()).isFalse();
        assertThat(run.json().get("reason").asText()).startsWith("policy-not-satisfied");
    }

    @Test
    void wrongUsageSaysWhatWouldBeRight() {
        assertUsage(genesis("UPPER"), "UPPER");
        assertUsage(genesis("lab", "--batch-timeout", "soon"), "500ms");
        assertUsage(genesis("lab", "--batch-count", "0"), "must be positive");
        assertUsage(genesis("lab", "--org", "Org2MSP"), "MSPID=MSPDIR[,anchor=HOST:PORT...]");
        assertUsage(genesis("lab", "--org", "Org2MSP=msp,endpoint=a:1"), "anchor=HOST:PORT");
        assertUsage(genesis("lab", "--org", "Org2MSP=msp,anchor=a:70000"), "should be HOST:PORT");
        assertUsage(genesis("lab", "--orderer-org", "OtherMSP=msp"), "names no orderer");
    }

    @Test
    void anMspThatCannotBeReadIsAFailure() {
        CommandRun run = genesis("lab", "--org", "Org2MSP=" + dir.resolve("absent"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("cannot be used");
    }

    private static void assertUsage(CommandRun run, String hint) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(hint);
    }

    private static CommandRun genesis(String channel, String... more) {
        String[] arguments = {
            "channel",
            "genesis",
            "--channel",
            channel,
            "--org",
            "Org1MSP=" + dir.resolve("peerOrganizations/org1.example.com/msp") + ",anchor=peer0.org1.example.com:7051",
            "--orderer-org",
            "OrdererMSP=" + dir.resolve("ordererOrganizations/example.com/msp") + ",endpoint=orderer.example.com:7050",
            "--output",
            dir.resolve(channel + ".block").toString()
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return CommandRun.of(all);
    }
}
