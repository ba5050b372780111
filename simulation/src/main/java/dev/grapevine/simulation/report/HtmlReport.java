package dev.grapevine.simulation.report;

import dev.grapevine.simulation.run.Baseline;
import dev.grapevine.simulation.run.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes the page. */
public final class HtmlReport {
    private static final double KILO = 1e3;

    private HtmlReport() {}

    /**
     * Writes a page about an outcome into a folder, which is made if need be.
     *
     * @return the page's file
     * @throws IOException if it cannot be written
     */
    public static Path write(Outcome outcome, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(String.format(
                Locale.ROOT,
                "%s-%d%s-seed-%d.html",
                outcome.scenario(),
                outcome.peers(),
                outcome.baseline() == Baseline.NONE ? "" : "-" + outcome.baseline(),
                outcome.seed()));
        return Files.writeString(file, page(outcome));
    }

    static String page(Outcome outcome) throws IOException {
        return template()
                .replace("{{scenario}}", Plot.escape(outcome.scenario()))
                .replace("{{subject}}", Plot.escape(subject(outcome)))
                .replace("{{verdict}}", verdict(outcome))
                .replace("{{tiles}}", tiles(outcome))
                .replace("{{propagation}}", PropagationPlot.of(outcome))
                .replace("{{timeline}}", TimelinePlot.of(outcome))
                .replace("{{load}}", LoadPlot.of(outcome))
                .replace("{{trace}}", outcome.traceHash());
    }

    private static String template() throws IOException {
        try (InputStream stream = HtmlReport.class.getResourceAsStream("report.html")) {
            if (stream == null) {
                throw new IllegalStateException("the report's template is missing from the module");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String subject(Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "%,d %speers, seed %d, %d blocks, %d s simulated",
                outcome.peers(),
                outcome.baseline() == Baseline.NONE ? "" : "plain Fabric ",
                outcome.seed(),
                outcome.blocks(),
                outcome.simulated().toSeconds());
    }

    private static String verdict(Outcome outcome) {
        if (outcome.isSound()) {
            return "<p class=\"good\">Every rule held: no fork, no gap, everything delivered, one leader.</p>";
        }
        StringBuilder list = new StringBuilder("<ul class=\"bad\">");
        outcome.violations()
                .forEach(violation ->
                        list.append("<li>").append(Plot.escape(violation)).append("</li>"));
        return list.append("</ul>").toString();
    }

    private static String tiles(Outcome outcome) {
        StringBuilder tiles = new StringBuilder();
        tile(tiles, "%.0f ms", outcome.lastPeer().p50(), "to the last peer, median block");
        tile(tiles, "%.0f ms", outcome.lastPeer().max(), "to the last peer, slowest block");
        tile(tiles, "%.0f ms", outcome.deliver().p50(), "to a peer, median");
        tile(tiles, "%.0f ms", outcome.deliver().p99(), "to a peer, 99 in 100");
        tile(tiles, "%.2f", outcome.amplification(), "times each block's bytes are sent for a peer");
        tile(tiles, "%.2f", outcome.fairness(), "times the mean is sent by the busiest");
        tile(tiles, "%.1f KB/s", outcome.idle().bytes() / KILO, "sent by an idle peer");
        tile(tiles, "%.0f", (double) outcome.falseAlarms(), "false alarms");
        if (outcome.detection().count() > 0) {
            tile(tiles, "%.1f s", outcome.detection().max() / KILO, "until the last took the dead for dead");
        }
        if (outcome.recovery().count() > 0) {
            tile(tiles, "%.1f s", outcome.recovery().max() / KILO, "until the last had caught up");
        }
        return tiles.toString();
    }

    private static void tile(StringBuilder tiles, String format, double value, String what) {
        tiles.append("<div class=\"tile\"><b>")
                .append(String.format(Locale.ROOT, format, value))
                .append("</b><span>")
                .append(what)
                .append("</span></div>");
    }
}
