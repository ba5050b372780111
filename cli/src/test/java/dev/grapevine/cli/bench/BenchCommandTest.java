package dev.grapevine.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BenchCommandTest {
    @Test
    void realPeersFindEachOtherAndTheFiguresAreOneLineOfJson() {
        CommandRun run = CommandRun.of("bench", "membership", "--peers", "2", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.json().get("n").asInt()).isEqualTo(2);
        assertThat(run.json().get("membership_s").asDouble()).isPositive();
        assertThat(run.json().get("bytes_per_peer").asDouble())
                .as("both have sent at least their certificates")
                .isGreaterThan(1_000);
        assertThat(run.json().get("msgs_per_peer").asDouble()).isPositive();
    }

    @Test
    void anUnknownScenarioIsWrongUsageAndTheOthersAreNamed() {
        CommandRun run = CommandRun.of("bench", "disem-1k");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("disem-1k", "dissem-1k ", "failure-blackhole");
    }
}
