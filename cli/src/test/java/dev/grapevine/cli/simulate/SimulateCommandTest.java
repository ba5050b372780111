package dev.grapevine.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grapevine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    private static final String SHORT = """
            duration: 3s
            quiet: 10s
            blocks: {bytes: 1KB, every: 1s}
            """;

    @TempDir
    private Path folder;

    private Path scenario;

    @BeforeEach
    void aShortScenario() throws IOException {
        scenario = Files.writeString(folder.resolve("short.yaml"), SHORT);
    }

    private CommandRun run(String command, String... more) {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(new String[] {command, "--scenario", scenario.toString(), "--peers", "4"}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return CommandRun.of(arguments);
    }

    @Test
    void printsOneLineOfJson() {
        CommandRun run = run("simulate", "--seed", "3", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode json = run.json();
        assertThat(json.get("scenario").asText()).isEqualTo("short");
        assertThat(json.get("peers").asInt()).isEqualTo(4);
        assertThat(json.get("seed").asLong()).isEqualTo(3);
        assertThat(json.get("blocks").asInt()).isEqualTo(3);
        assertThat(json.get("last_peer_ms_p50").asDouble()).isPositive();
        assertThat(json.get("last_peer_ms_max").asDouble())
                .isGreaterThanOrEqualTo(json.get("last_peer_ms_p99").asDouble());
        assertThat(json.get("amplification").asDouble()).isGreaterThan(0.9);
        assertThat(json.get("trace_hash").asText()).matches("[0-9a-f]{64}");
        assertThat(json.get("violations")).isEmpty();
    }

    @Test
    void givesTheSameTraceForTheSameSeed() {
        String first = run("simulate", "--json").json().get("trace_hash").asText();

        assertThat(run("simulate", "--json").json().get("trace_hash").asText()).isEqualTo(first);
    }

    @Test
    void theBaselineIsAnotherRun() {
        JsonNode plain = run("simulate", "--baseline", "fabric", "--json").json();

        assertThat(plain.get("baseline").asText()).isEqualTo("fabric");
        assertThat(plain.get("trace_hash"))
                .isNotEqualTo(run("simulate", "--json").json().get("trace_hash"));
    }

    @Test
    void theModelOfFabricPeersIsABaselineToo() {
        CommandRun run = run("simulate", "--baseline", "fabric-model", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("baseline").asText()).isEqualTo("fabric-model");
        assertThat(run.json().get("blocks").asInt()).isEqualTo(3);
        assertThat(run("simulate", "--baseline", "fabric-model").out()).contains("all modelled Fabric peers");
    }

    @Test
    void theModelRefusesWhatItCannotDo() throws IOException {
        Files.writeString(scenario, SHORT + "peers: {byzantine: 10%}\n");

        CommandRun run = run("simulate", "--baseline", "fabric-model");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("peers.byzantine is '0.1'; with --baseline fabric-model it must be 0");
    }

    @Test
    void writesAReport() {
        CommandRun run = run("simulate", "--report", folder.resolve("pages").toString());

        assertThat(run.out()).contains("at the last peer", "amplification", "fairness");
        assertThat(run.err()).contains("short-4-seed-1.html");
        assertThat(folder.resolve("pages").resolve("short-4-seed-1.html")).exists();
    }

    @Test
    void refusesAWrongScenarioWithWhatWouldBeRight() throws IOException {
        Files.writeString(scenario, SHORT + "network: {loss: some}\n");

        CommandRun run = run("simulate");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("network.loss is 'some'; it must be a share such as 1%");
    }

    @Test
    void refusesWrongOptions() {
        assertThat(run("simulate", "--baseline", "hyper").err())
                .contains("--baseline is 'hyper'; it must be fabric or fabric-model");
        assertThat(run("simulate", "--duration", "long").err()).contains("duration is 'long'; it must be a duration");
        assertThat(CommandRun.of("simulate", "--peers", "1").err()).contains("--peers is 1; it must be from 2");
    }

    @Test
    void aSweepRunsEverySeedOnceAndResumes() throws IOException {
        Path record = folder.resolve("record");

        CommandRun first = run("sweep", "--seeds", "2", "--resume", record.toString(), "--json");
        CommandRun second = run("sweep", "--seeds", "3", "--resume", record.toString(), "--json");

        assertThat(first.json().get("seeds").asInt()).isEqualTo(2);
        assertThat(second.json().get("seeds").asInt()).isEqualTo(3);
        assertThat(second.json().get("failed")).isEmpty();
        assertThat(Files.readAllLines(record)).hasSize(4).endsWith("1 good", "2 good", "3 good");
    }

    @Test
    void aSweepPrintsWhatFailsAndHowToRepeatIt() throws IOException {
        Files.writeString(scenario, """
                duration: 10s
                quiet: 0
                blocks: {bytes: 1KB, every: 1s}
                faults: [{at: 0, partition: 50%}, {at: 0, cut-off: 50%}]
                """);

        CommandRun run = run("sweep", "--seeds", "1", "--seed", "5");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("seed 5 fails", "grapevine simulate --scenario " + scenario + " --peers 4 --seed 5");
        assertThat(run.out()).contains("1 seeds, 1 failed");
    }

    @Test
    void aRecordOfAnotherSweepIsRefused() throws IOException {
        Path record = Files.writeString(folder.resolve("record"), "--scenario lan --peers 9\n");

        CommandRun run = run("sweep", "--seeds", "1", "--resume", record.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("remembers a sweep of '--scenario lan --peers 9'");
    }
}
