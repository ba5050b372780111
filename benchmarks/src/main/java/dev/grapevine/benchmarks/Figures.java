package dev.grapevine.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The result of a measurement, in the order in which it was put together. */
public final class Figures {
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Nothing yet. */
    public Figures() {}

    Figures(String measurement) {
        values.put("measurement", measurement);
    }

    public Figures with(String name, long value) {
        values.put(name, value);
        return this;
    }

    public Figures with(String name, double value) {
        values.put(name, value);
        return this;
    }

    public Figures with(String name, String value) {
        values.put(name, value);
        return this;
    }

    public Figures with(String name, Figures parts) {
        values.put(name, parts);
        return this;
    }

    /** With all of others. */
    public Figures withAll(Figures others) {
        values.putAll(others.values);
        return this;
    }

    /** With the usual figures of a distribution below one name. */
    public Figures with(String name, Distribution of) {
        return with(
                name,
                new Figures()
                        .with("min", of.min())
                        .with("mean", of.mean())
                        .with("p50", of.percentile(50))
                        .with("p90", of.percentile(90))
                        .with("p95", of.percentile(95))
                        .with("p99", of.percentile(99))
                        .with("p999", of.percentile(99.9))
                        .with("max", of.max())
                        .with("n", of.size()));
    }

    /** One line of JSON. What is not a number is null. */
    public String json() {
        StringJoiner line = new StringJoiner(",", "{", "}");
        values.forEach((name, value) -> line.add(quoted(name) + ":" + json(value)));
        return line.toString();
    }

    private static String json(Object value) {
        if (value instanceof Figures parts) {
            return parts.json();
        }
        return value instanceof String text ? quoted(text) : number(value);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    /** One line for each figure, for people. */
    public String text() {
        StringJoiner lines = new StringJoiner("\n");
        values.forEach((name, value) -> lines.add(String.format(Locale.ROOT, "%-38s %s", name, text(value))));
        return lines.toString();
    }

    private static String text(Object value) {
        if (value instanceof Figures parts) {
            StringJoiner line = new StringJoiner("  ");
            parts.values.forEach((name, part) -> line.add(name + " " + text(part)));
            return line.toString();
        }
        return value instanceof String text ? text : number(value);
    }

    private static String number(Object value) {
        if (!(value instanceof Double real)) {
            return String.valueOf(value);
        }
        return Double.isFinite(real) ? String.format(Locale.ROOT, "%.3f", real) : "null";
    }

    void print() {
        System.out.println(json());
    }
}
