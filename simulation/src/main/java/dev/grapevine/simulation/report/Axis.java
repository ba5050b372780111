package dev.grapevine.simulation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Places values between two edges of a plot, evenly or by their logarithms, and says where to put marks. */
final class Axis {
    private static final int MARKS = 6;
    private static final int TEN = 10;
    private static final double[] STEPS = {1, 2, 5, 10};

    private final double least;
    private final double most;
    private final double from;
    private final double to;
    private final boolean logarithmic;

    private Axis(double least, double most, double from, double to, boolean logarithmic) {
        this.least = least;
        this.most = most > least ? most : least + 1;
        this.from = from;
        this.to = to;
        this.logarithmic = logarithmic;
    }

    /** From zero up to a value. */
    static Axis linear(double most, double from, double to) {
        return new Axis(0, most, from, to, false);
    }

    /** Between two positive values. */
    static Axis logarithmic(double least, double most, double from, double to) {
        return new Axis(least, most, from, to, true);
    }

    double at(double value) {
        double share = logarithmic
                ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
                : (value - least) / (most - least);
        return from + share * (to - from);
    }

    /** Round values to mark, within the axis. */
    List<Double> marks() {
        return logarithmic ? decades() : even();
    }

    private List<Double> even() {
        double rough = (most - least) / MARKS;
        double power = Math.pow(TEN, Math.floor(Math.log10(rough)));
        double step = TEN * power;
        for (double candidate : STEPS) {
            if (candidate * power >= rough) {
                step = candidate * power;
                break;
            }
        }
        List<Double> marks = new ArrayList<>();
        for (int number = 0; least + number * step <= most * (1 + 1e-9); number++) {
            marks.add(least + number * step);
        }
        return marks;
    }

    private List<Double> decades() {
        List<Double> marks = new ArrayList<>();
        for (double power = Math.pow(TEN, Math.floor(Math.log10(least))); power <= most; power *= TEN) {
            for (int step = 0; step < STEPS.length - 1; step++) {
                double mark = STEPS[step] * power;
                if (mark >= least * (1 - 1e-9) && mark <= most * (1 + 1e-9)) {
                    marks.add(mark);
                }
            }
        }
        return marks;
    }

    /** A value without needless digits. */
    static String text(double value) {
        String text = String.format(Locale.ROOT, value >= TEN ? "%.0f" : "%.2f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}
