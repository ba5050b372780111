package dev.grapevine.simulation.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways a scenario writes amounts: {@code 20ms}, {@code 100KB}, {@code 100Mbit}, {@code 30%}. */
final class Quantity {
    static final Quantity DURATION = new Quantity(
            "a duration such as 250us, 20ms, 5s, 10m or 1h",
            units("us", 1_000, "ms", 1_000_000, "s", 1e9, "m", 6e10, "h", 3.6e12),
            Double.MAX_VALUE);
    static final Quantity BYTES =
            new Quantity("a size such as 500B, 100KB or 1MB", units("B", 1, "KB", 1e3, "MB", 1e6), Double.MAX_VALUE);
    static final Quantity RATE = new Quantity(
            "a rate such as 10Mbit or 1Gbit (a second)",
            units("Kbit", 1e3, "Mbit", 1e6, "Gbit", 1e9),
            Double.MAX_VALUE);
    static final Quantity FRACTION = new Quantity("a share such as 1% or 33.3%, at most 100%", units("%", 0.01), 1);
    static final Quantity PARTS_PER_MILLION = new Quantity("a drift such as 50ppm", units("ppm", 1), 10_000);

    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-z%]+)");

    private final String right;
    private final Map<String, BigDecimal> units;
    private final double most;

    private Quantity(String right, Map<String, BigDecimal> units, double most) {
        this.right = right;
        this.units = units;
        this.most = most;
    }

    private static Map<String, BigDecimal> units(Object... namesAndSizes) {
        Map<String, BigDecimal> units = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSizes.length; i += 2) {
            units.put((String) namesAndSizes[i], new BigDecimal(namesAndSizes[i + 1].toString()));
        }
        return units;
    }

    /** What a reader should have written. */
    String right() {
        return right;
    }

    /** The amount in its smallest unit; negative if the text says none. */
    double parse(String text) {
        if (text.equals("0")) {
            return 0;
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !units.containsKey(form.group(2))) {
            return -1;
        }
        double amount =
                new BigDecimal(form.group(1)).multiply(units.get(form.group(2))).doubleValue();
        return amount <= most ? amount : -1;
    }

    static Duration duration(double nanos) {
        return Duration.ofNanos((long) nanos);
    }
}
