package dev.grapevine.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ScenariosTest {
    static final List<String> NAMES = Scenarios.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void thoseOfTheProjectCanBeRead(String name) throws ScenarioException {
        Scenario scenario = Scenarios.find(name);

        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.description()).isNotBlank();
    }

    @Test
    void eachFileOfTheProjectHasAName() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/dev/grapevine/simulation/scenario"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(
                            Scenarios.NAMES.stream().map(name -> name + ".yaml").toList());
        }
    }

    @Test
    void theLossyNetworkIsTheOneItsFiguresAreAskedFor() throws ScenarioException {
        Scenario scenario = Scenarios.find("wan-loss");

        assertThat(scenario.network().latency()).isEqualTo(Duration.ofMillis(20));
        assertThat(scenario.network().jitter()).isEqualTo(Duration.ofMillis(10));
        assertThat(scenario.network().nodeBandwidth()).isEqualTo(100e6);
        assertThat(scenario.network().loss()).isEqualTo(0.01);
        assertThat(scenario.blocks().bytes()).isEqualTo(100_000);
    }

    @Test
    void aFileIsReadWithItsFaults(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, """
                duration: 90s
                faults:
                  - {at: 10s, crash: 30%, for: 1m, disk: lost}
                  - {at: 15s, partition: 10%, for: 5s, direction: out}
                """);

        Scenario scenario = Scenarios.find(file.toString());

        assertThat(scenario.name()).isEqualTo("mine");
        assertThat(scenario.faults())
                .extracting(Fault::kind, Fault::share, Fault::lasting, Fault::disk, Fault::direction)
                .containsExactly(
                        tuple(Fault.Kind.CRASH, 0.3, Duration.ofMinutes(1), Fault.Disk.LOST, Fault.Direction.BOTH),
                        tuple(Fault.Kind.PARTITION, 0.1, Duration.ofSeconds(5), Fault.Disk.KEPT, Fault.Direction.OUT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network: {loss: 1.5} | network.loss is '1.5'; it must be a share such as 1%",
                "network: {loss: 150%} | network.loss is '150%'; it must be a share",
                "network: {latency: 20} | network.latency is '20'; it must be a duration such as",
                "network: {latency: 5ms, jitter: 6ms} | network.jitter is '6ms'; it must be at most the latency, 5ms",
                "network: {bandwith: 1Gbit} | network.bandwith is '1Gbit', but there is no such key; it must be one of",
                "network: fast | network is 'fast'; it must be a mapping",
                "blocks: {bytes: 100MB} | blocks.bytes is '100MB'; it must be from 1B to 50MB",
                "blocks: {every: 0} | blocks.every is '0'; it must be more than 0",
                "peers: {organisations: 0} | peers.organisations is '0'; it must be a whole number from 1 to 100",
                "peers: {behaviours: [gossip]} | peers.behaviours is '[gossip]'; it must be one of forge, replay",
                "membership: partial | membership is 'partial', but there is no such key; it must be one of",
                "faults: [{at: 5s}] | faults[0].at is '5s'; it must be beside exactly one of crash, partition",
                "faults: [{at: 5s, crash: 10%, clog: 10%}] | faults[0].at is '5s'; it must be beside exactly one of",
                "faults: [{at: 5s, crash: 10%, disk: burnt}] | faults[0].disk is 'burnt'; it must be one of kept, lost",
                "duration: 10s\\nfaults: [{at: 5s, crash: 10%, for: 6s}] | duration is '10s'; it must be long enough",
                "just words | the scenario is 'just words'; it must be a mapping of keys to values",
            })
    void whatIsWrongIsNamedWithWhatWouldBeRight(String yaml, String message) {
        String text = yaml.replace("\\n", "\n");

        assertThatThrownBy(() -> Scenarios.parse("test", text))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aScenarioThatDoesNotExistIsRefusedWithTheNamesOfThoseThatDo() {
        assertThatThrownBy(() -> Scenarios.find("wan-los"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("wan-los")
                .hasMessageContaining("wan-loss, crash-third");
    }

    @Test
    void whatIsNoYamlIsRefused() {
        assertThatThrownBy(() -> Scenarios.parse("test", "a: [b"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("is not YAML");
    }

    @Test
    void anotherDurationMustStillFitTheFaults() throws ScenarioException {
        assertThat(Scenarios.find("crash-third").lasting("10m").duration()).isEqualTo(Duration.ofMinutes(10));
        assertThatThrownBy(() -> Scenarios.find("crash-third").lasting("30s"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("duration is '30s'");
    }
}
