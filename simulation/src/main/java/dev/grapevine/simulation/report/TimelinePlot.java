package dev.grapevine.simulation.report;

import dev.grapevine.simulation.run.Incident;
import dev.grapevine.simulation.run.Outcome;
import java.time.Duration;
import java.util.List;

/** How long each block took to reach the last peer, above the faults that happened meanwhile. */
final class TimelinePlot {
    private static final double HEIGHT = 260;
    private static final double LANE = 18;
    private static final double MILLI = 1e6;
    private static final double SECOND = 1e3;
    private static final int LANES = 40;

    private TimelinePlot() {}

    static String of(Outcome outcome) {
        List<Incident> incidents =
                outcome.plots().incidents().stream().limit(LANES).toList();
        double lanes = incidents.size() * LANE;
        Plot plot = new Plot(HEIGHT + lanes, "time to the last peer of each block, and the faults");
        double floor = plot.bottom() - lanes;
        Axis x = Axis.linear(seconds(outcome.plots().length()), Plot.LEFT, Plot.RIGHT);
        Axis y = Axis.linear(most(outcome), floor - 10, Plot.TOP);
        plot.horizontal(x, "seconds since the first block").vertical(y, "ms to the last peer");
        for (int lane = 0; lane < incidents.size(); lane++) {
            draw(plot, incidents.get(lane), x, floor, lane);
        }
        List<Long> lasts = outcome.plots().lastTimes();
        for (int block = 0; block < lasts.size(); block++) {
            double second = seconds(outcome.plots().length()) * block / lasts.size();
            plot.dot("second-dot", x.at(second), y.at(lasts.get(block) / MILLI));
        }
        return plot.toString();
    }

    private static void draw(Plot plot, Incident incident, Axis x, double floor, int lane) {
        double from = x.at(seconds(incident.from()));
        double until = x.at(seconds(incident.until()));
        double top = floor + lane * LANE;
        plot.box("shade", from, Plot.TOP, until, floor, incident.what());
        plot.box("fault", from, top + 2, until, top + LANE - 2, incident.what());
        boolean late = from > (Plot.LEFT + Plot.RIGHT) / 2;
        plot.word(
                late ? from - 6 : Math.min(until, Plot.RIGHT) + 6,
                top + LANE - 5,
                late ? "end" : "start",
                "mark",
                incident.what());
    }

    private static double most(Outcome outcome) {
        return Math.max(1, outcome.lastPeer().max() * 1.08);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / SECOND;
    }
}
