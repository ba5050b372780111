package dev.grapevine.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.simulation.run.Outcome;
import dev.grapevine.simulation.run.Simulation;
import dev.grapevine.simulation.scenario.Scenarios;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    @Test
    void isOnePageThatLoadsNothing(@TempDir Path folder) throws Exception {
        Outcome outcome = new Simulation(Scenarios.parse("odd <name>", """
                                duration: 30s
                                blocks: {bytes: 1KB, every: 1s}
                                faults: [{at: 5s, crash: 30%, for: 10s}]
                                """), 5, 1, false).run();

        String page = Files.readString(HtmlReport.write(outcome, folder.resolve("reports")));

        assertThat(page)
                .doesNotContain("{{")
                .doesNotContain("http")
                .doesNotContain("NaN")
                .doesNotContain("Infinity");
        assertThat(page).contains("odd &lt;name&gt;", "crash 30.0 %", outcome.traceHash());
        assertThat(page.split("<svg", -1)).hasSize(4);
        assertThat(page.split("class=\"second-dot\"", -1))
                .as("one dot for each block")
                .hasSize(31);
    }
}
