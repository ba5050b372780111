package dev.grapevine.comm;

import java.time.Duration;

/** Refuses settings that make no sense, saying which key is wrong and what would be right. */
final class Check {
    private Check() {}

    static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be longer than zero");
        }
    }

    static void positive(String key, long value) {
        atLeast(key, value, 1);
    }

    static void atLeast(String key, long value, long minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be at least " + minimum);
        }
    }
}
