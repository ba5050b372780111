package dev.grapevine.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.simulation.scenario.Scenario;
import dev.grapevine.simulation.scenario.ScenarioException;
import dev.grapevine.simulation.scenario.Scenarios;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens in a run does not depend on how many threads run it: not one frame, not one figure. */
class LanesTest {
    private static final String EVERYTHING = """
            duration: 25s
            quiet: 5s
            network:
              {latency: 20ms, jitter: 10ms, regions: 2, region-latency: 35ms, node-bandwidth: 50Mbit, link-bandwidth: 50Mbit,
               loss: 1%, duplication: 1%, reordering: 1%}
            blocks: {bytes: 100KB, every: 500ms}
            peers:
              {organisations: 3, external: 2, fabric: 20%, byzantine: 20%, slow: 20%, slow-task: 2ms, verification: 100us,
               workers: 2, clock-skew: 5s, clock-drift: 10000ppm}
            faults:
              - {at: 3s, crash: 20%, for: 6s, disk: lost}
              - {at: 5s, partition: 33%, for: 5s}
              - {at: 5s, cut-off: 33%, for: 5s}
              - {at: 12s, clog: 20%, for: 3s}
              - {at: 14s, slow: 20%, for: 5s, task: 3ms}
              - {at: 15s, crash: 30%, for: 5s}
              - {at: 16s, loss: 20%, for: 3s}
              - {at: 20s, partition: 30%, for: 5s, direction: in}
              - {at: 21s, break-streams: 50%}
            """;

    private static final String CALM = """
            duration: 10s
            quiet: 5s
            network: {latency: 5ms, node-bandwidth: 100Mbit}
            blocks: {bytes: 20KB, every: 100ms}
            peers: {organisations: 2}
            """;

    private static final String CHANCE = """
            duration: 20s
            quiet: 10s
            chance: 12
            network: {latency: 10ms, jitter: 9ms}
            blocks: {bytes: 1KB, every: 200ms}
            """;

    static Stream<String> scenarios() {
        return Stream.of(EVERYTHING, CALM, CHANCE);
    }

    private static Outcome run(String yaml, int lanes) {
        try {
            Scenario scenario = Scenarios.parse("test", yaml);
            return new Simulation(scenario, 16, 3, false, lanes).run();
        } catch (ScenarioException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void anyNumberOfLanesGivesTheSameOutcome(String yaml) {
        Outcome outcome = run(yaml, 1);

        assertThat(IntStream.of(2, 3).mapToObj(lanes -> run(yaml, lanes))).containsOnly(outcome);
    }
}
