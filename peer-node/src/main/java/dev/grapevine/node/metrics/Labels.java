package dev.grapevine.node.metrics;

import java.util.ArrayList;
import java.util.List;

/** Label names and values in turn. */
record Labels(List<String> pairs) {
    /** The value that stands for all those that came after a name had too many. */
    private static final String OTHER = "other";

    Labels {
        pairs = List.copyOf(pairs);
        if (pairs.size() % 2 != 0) {
            throw new IllegalArgumentException("labels are not pairs of name and value: " + pairs);
        }
    }

    Labels merged() {
        List<String> merged = new ArrayList<>(pairs);
        for (int value = 1; value < merged.size(); value += 2) {
            merged.set(value, OTHER);
        }
        return new Labels(merged);
    }

    Labels with(String name, String value) {
        List<String> longer = new ArrayList<>(pairs);
        longer.add(name);
        longer.add(value);
        return new Labels(longer);
    }

    /** Writes one sample line. */
    void write(StringBuilder text, String name, double value) {
        text.append(name);
        if (!pairs.isEmpty()) {
            text.append('{');
            for (int i = 0; i < pairs.size(); i += 2) {
                text.append(i == 0 ? "" : ",").append(pairs.get(i)).append("=\"");
                text.append(escaped(pairs.get(i + 1))).append('"');
            }
            text.append('}');
        }
        text.append(' ').append(number(value)).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
