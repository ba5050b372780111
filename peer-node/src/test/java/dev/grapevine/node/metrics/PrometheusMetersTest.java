package dev.grapevine.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrometheusMetersTest {
    private final PrometheusMeters meters = new PrometheusMeters();

    @Test
    void exposesFabricsNamesAsTheyAre() {
        meters.counter("gossip_comm_messages_sent").add(3);
        meters.gauge("gossip_state_height", "channel", "harbour").set(12);

        assertThat(meters.scrape()).isEqualTo("""
                        # HELP gossip_comm_messages_sent Messages handed to a stream.
                        # TYPE gossip_comm_messages_sent counter
                        gossip_comm_messages_sent 3
                        # HELP gossip_state_height Ledger height of the channel after the last commit.
                        # TYPE gossip_state_height gauge
                        gossip_state_height{channel="harbour"} 12
                        """);
    }

    @Test
    void countsAnObservationInItsBucketAndAllAboveIt() {
        var histogram = meters.histogram("gossip_state_commit_duration", "channel", "harbour");
        histogram.observe(0.005);
        histogram.observe(0.3);
        histogram.observe(60);

        assertThat(meters.scrape())
                .contains("gossip_state_commit_duration_bucket{channel=\"harbour\",le=\"0.005\"} 1\n")
                .contains("gossip_state_commit_duration_bucket{channel=\"harbour\",le=\"0.25\"} 1\n")
                .contains("gossip_state_commit_duration_bucket{channel=\"harbour\",le=\"0.5\"} 2\n")
                .contains("gossip_state_commit_duration_bucket{channel=\"harbour\",le=\"10\"} 2\n")
                .contains("gossip_state_commit_duration_bucket{channel=\"harbour\",le=\"+Inf\"} 3\n")
                .contains("gossip_state_commit_duration_sum{channel=\"harbour\"} 60.305\n")
                .contains("gossip_state_commit_duration_count{channel=\"harbour\"} 3\n");
    }

    @Test
    void givesTheSameMeterForTheSameNameAndLabels() {
        assertThat(meters.counter("refused", "reason", "a")).isSameAs(meters.counter("refused", "reason", "a"));
        assertThat(meters.counter("refused", "reason", "a")).isNotSameAs(meters.counter("refused", "reason", "b"));
    }

    @Test
    void mergesWhatExceedsTheBoundOnSeries() {
        IntStream.range(0, Family.MAX_SERIES + 7)
                .forEach(each -> meters.counter("refused", "reason", "r" + each).increment());

        assertThat(meters.scrape()).contains("refused{reason=\"other\"} 7\n").doesNotContain("r1000");
    }

    @Test
    void escapesLabelValues() {
        meters.gauge("odd", "name", "a\"b\\c\nd").set(0.5);

        assertThat(meters.scrape()).contains("odd{name=\"a\\\"b\\\\c\\nd\"} 0.5\n");
    }

    @Test
    void refusesANameForTwoKindsAndLabelsThatAreNoPairs() {
        meters.counter("thing");

        assertThatThrownBy(() -> meters.gauge("thing")).hasMessage("thing is a counter, not a gauge");
        assertThatThrownBy(() -> meters.counter("other", "label")).hasMessageContaining("not pairs");
    }

    @Test
    void readsTheJvmAtEachScrape() {
        JvmMeters.register(meters);

        assertThat(meters.scrape())
                .contains("jvm_memory_used_bytes{area=\"heap\"} ")
                .contains("process_cpu_seconds_total ")
                .contains("process_start_time_seconds ");
    }
}
