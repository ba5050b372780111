package dev.grapevine.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.simulation.scenario.Scenario;
import dev.grapevine.simulation.scenario.ScenarioException;
import dev.grapevine.simulation.scenario.Scenarios;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static Scenario scenario(String yaml) {
        try {
            return Scenarios.parse("test", yaml);
        } catch (ScenarioException e) {
            throw new AssertionError(e);
        }
    }

    private static Outcome run(String yaml, int peers) {
        return new Simulation(scenario(yaml), peers, 1, false).run();
    }

    private static final String SHORT = """
            duration: 5s
            quiet: 20s
            blocks: {bytes: 10KB, every: 250ms}
            """;

    @Test
    void measuresEveryBlockAtEveryPeer() {
        Outcome outcome = run(SHORT, 6);

        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.blocks()).isEqualTo(20);
        assertThat(outcome.deliver().count()).isEqualTo(20 * 6);
        assertThat(outcome.lastPeer().max()).isEqualTo(outcome.deliver().max()).isPositive();
        assertThat(outcome.amplification()).isBetween(1.0, outcome.totalAmplification());
        assertThat(outcome.fairness()).isBetween(1.0, 6.0);
        assertThat(outcome.falseAlarms()).isZero();
    }

    @Test
    void theSameSeedGivesTheSameOutcomeAndAnotherAnother() {
        Scenario scenario = scenario(SHORT + "network: {latency: 20ms, jitter: 10ms, loss: 2%}\n");
        Outcome outcome = new Simulation(scenario, 5, 7, false).run();

        assertThat(new Simulation(scenario, 5, 7, false).run()).isEqualTo(outcome);
        assertThat(new Simulation(scenario, 5, 8, false).run().traceHash()).isNotEqualTo(outcome.traceHash());
    }

    @Test
    void peersWithoutExternalEndpointsKnowTheirOwnOrganisationOnlyAndGetEveryBlock() {
        Outcome outcome = run(SHORT + "peers: {organisations: 3, external: 2}\n", 15);

        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.deliver().count()).isEqualTo(20 * 15);
        assertThat(outcome.falseAlarms()).isZero();
        assertThat(outcome.joined()).isLessThan(Duration.ofSeconds(60));
        assertThat(outcome.idle().events()).isBetween(1.0, 50.0);
    }

    @Test
    void longerLinksTakeBlocksLonger() {
        double near = run(SHORT + "network: {latency: 1ms}\n", 6).deliver().p50();
        double far = run(SHORT + "network: {latency: 50ms}\n", 6).deliver().p50();

        assertThat(far).isGreaterThan(near + 40);
    }

    @Test
    void narrowLinksTakeBlocksLonger() {
        double wide =
                run(SHORT + "network: {node-bandwidth: 1Gbit}\n", 6).deliver().p50();
        double narrow =
                run(SHORT + "network: {node-bandwidth: 2Mbit}\n", 6).deliver().p50();

        assertThat(narrow).isGreaterThan(wide + 39);
    }

    @Test
    void crashedPeersAreTakenForDeadAndCatchUp() {
        Outcome outcome = run("""
                duration: 60s
                quiet: 60s
                blocks: {bytes: 1KB, every: 1s}
                faults: [{at: 5s, crash: 30%, for: 50s, disk: lost}]
                """, 7);

        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.detection().count()).isEqualTo(2 * 5);
        assertThat(outcome.recovery().count()).isEqualTo(2);
        assertThat(outcome.recovery().p50()).isPositive();
        assertThat(outcome.falseAlarms()).isZero();
    }

    @Test
    void aNetworkThatStaysCutInTwoIsNotSound() {
        Outcome outcome = run("""
                duration: 40s
                quiet: 0
                blocks: {bytes: 1KB, every: 1s}
                faults:
                  - {at: 1s, partition: 50%}
                  - {at: 1s, cut-off: 50%}
                """, 6);

        assertThat(outcome.violations())
                .anyMatch(violation -> violation.contains("3 peers do not have all"))
                .anyMatch(violation -> violation.contains("leaders after the quiet, not one"));
    }
}
