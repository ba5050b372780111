package dev.grapevine.simulation.report;

import dev.grapevine.simulation.run.Outcome;
import java.util.List;

/** Which share of the peers has a block so long after it was ordered, and in which share of the cases the last one. */
final class PropagationPlot {
    private static final double HEIGHT = 330;
    private static final double MILLI = 1e6;
    private static final double PERCENT = 100;
    private static final int POINTS = 400;
    private static final double LEGEND = 16;
    private static final double TEN = 10;

    private PropagationPlot() {}

    static String of(Outcome outcome) {
        List<Long> each = outcome.plots().times().stream().sorted().toList();
        List<Long> last = outcome.plots().lastTimes().stream().sorted().toList();
        Plot plot = new Plot(HEIGHT, "share of the peers that have a block, over time");
        double least = each.isEmpty() ? 1 : Math.max(0.1, each.get(0) / MILLI);
        double most = each.isEmpty() ? TEN : Math.max(least * 2, each.get(each.size() - 1) / MILLI * 1.1);
        Axis x = Axis.logarithmic(least, most, Plot.LEFT, Plot.RIGHT);
        Axis y = Axis.linear(PERCENT, plot.bottom(), Plot.TOP);
        plot.horizontal(x, "milliseconds since the block was ordered").vertical(y, "% that have it");
        plot.line("first", curve(each, x, y)).line("second", curve(last, x, y));
        // Where a curve that only rises is last to come.
        legend(plot, Plot.TOP + 20, "first", "any peer has a block");
        legend(plot, Plot.TOP + 38, "second", "every peer has a block");
        return plot.toString();
    }

    private static void legend(Plot plot, double y, String style, String text) {
        double left = Plot.LEFT + LEGEND;
        plot.line(style, left, y - 4, left + 24, y - 4).word(left + 32, y, "start", "mark", text);
    }

    private static double[] curve(List<Long> sorted, Axis x, Axis y) {
        int points = Math.min(POINTS, sorted.size());
        double[] curve = new double[2 * points];
        for (int i = 0; i < points; i++) {
            int rank = points == 1 ? 0 : (int) ((long) i * (sorted.size() - 1) / (points - 1));
            curve[2 * i] = x.at(sorted.get(rank) / MILLI);
            curve[2 * i + 1] = y.at(PERCENT * (rank + 1) / sorted.size());
        }
        return curve;
    }
}
