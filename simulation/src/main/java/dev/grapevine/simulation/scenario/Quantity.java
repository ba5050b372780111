package dev.grapevine.simulation.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways a scenario writes amounts: {@code 20ms}, {@code 100KB}, {@code 100Mbit}, {@code 30%}. */
enum Quantity {
    DURATION(
            "a duration such as 250us, 20ms, 5s, 10m or 1h",
            1,
            units("us", 1_000, "ms", 1_000_000, "s", 1e9, "m", 6e10, "h", 3.6e12)),
    BYTES("a size such as 500B, 100KB or 1MB", 1, units("B", 1, "KB", 1e3, "MB", 1e6)),
    RATE("a rate such as 10Mbit or 1Gbit (a second)", 1, units("Kbit", 1e3, "Mbit", 1e6, "Gbit", 1e9)),
    FRACTION("a share such as 1% or 33.3%, at most 100%", 1e-9, units("%", 0.01)),
    PARTS_PER_MILLION("a drift such as 50ppm", 1, units("ppm", 1));

    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-z%]+)");

    private final String right;
    private final double smallest;
    private final Map<String, BigDecimal> units;

    Quantity(String right, double smallest, Map<String, BigDecimal> units) {
        this.right = right;
        this.smallest = smallest;
        this.units = units;
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
        boolean fits = this != FRACTION || amount <= 1;
        return fits && (amount == 0 || amount >= smallest) ? amount : -1;
    }

    static Duration duration(double nanos) {
        return Duration.ofNanos((long) nanos);
    }
}
