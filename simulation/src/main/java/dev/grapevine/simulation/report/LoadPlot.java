package dev.grapevine.simulation.report;

import dev.grapevine.simulation.run.Outcome;
import java.util.List;

/** What each peer sends, from the idlest to the busiest, with the mean and its double. */
final class LoadPlot {
    private static final double HEIGHT = 260;
    private static final double KILO = 1e3;
    private static final double MILLIS = 1e3;

    private LoadPlot() {}

    static String of(Outcome outcome) {
        double seconds = outcome.plots().length().toMillis() / MILLIS;
        List<Double> rates = outcome.plots().sent().stream()
                .map(bytes -> bytes / KILO / seconds)
                .toList();
        double mean = rates.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double busiest = rates.isEmpty() ? 1 : rates.get(rates.size() - 1);
        Plot plot = new Plot(HEIGHT, "what each peer sends");
        Axis x = Axis.linear(Math.max(1, rates.size()), Plot.LEFT, Plot.RIGHT);
        Axis y = Axis.linear(Math.max(busiest, 2 * mean) * 1.08, plot.bottom(), Plot.TOP);
        plot.horizontal(x, "peers, from the idlest to the busiest").vertical(y, "KB/s sent");
        plot.line("area", area(rates, x, y, plot.bottom()));
        level(plot, y.at(mean), "mean");
        level(plot, y.at(2 * mean), "twice the mean");
        return plot.toString();
    }

    private static void level(Plot plot, double y, String name) {
        plot.line("level", Plot.LEFT, y, Plot.RIGHT, y).word(Plot.LEFT + 6, y - 5, "start", "mark", name);
    }

    private static double[] area(List<Double> rates, Axis x, Axis y, double bottom) {
        double[] points = new double[4 * rates.size() + 4];
        points[0] = x.at(0);
        points[1] = bottom;
        for (int i = 0; i < rates.size(); i++) {
            points[4 * i + 2] = x.at(i);
            points[4 * i + 3] = y.at(rates.get(i));
            points[4 * i + 4] = x.at(i + 1);
            points[4 * i + 5] = y.at(rates.get(i));
        }
        points[points.length - 2] = x.at(rates.size());
        points[points.length - 1] = bottom;
        return points;
    }
}
