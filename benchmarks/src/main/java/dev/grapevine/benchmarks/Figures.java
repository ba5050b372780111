package dev.grapevine.benchmarks;

import java.util.Locale;
import java.util.StringJoiner;

/** The result of a measurement: one line of JSON. */
final class Figures {
    private final StringJoiner line = new StringJoiner(",", "{", "}");

    Figures(String measurement) {
        line.add(quoted("measurement") + ":" + quoted(measurement));
    }

    Figures with(String name, long value) {
        line.add(quoted(name) + ":" + value);
        return this;
    }

    Figures with(String name, double value) {
        line.add(quoted(name) + ":" + String.format(Locale.ROOT, "%.3f", value));
        return this;
    }

    Figures with(String name, String value) {
        line.add(quoted(name) + ":" + quoted(value));
        return this;
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    void print() {
        System.out.println(line);
    }
}
