package dev.grapevine.proto;

/**
 * Where a room reports its numbers. Names are the Prometheus ones of Fabric ({@code gossip_state_height}); labels are
 * given as key, value, key, value. Asking twice for the same name and labels gives the same meter. Safe from any thread.
 */
public interface Meters {
    /** Something that only grows. */
    @FunctionalInterface
    interface Counter {
        void add(long amount);

        default void increment() {
            add(1);
        }
    }

    /** Something that goes up and down. */
    @FunctionalInterface
    interface Gauge {
        void set(double value);
    }

    /** A distribution, in seconds where it is of durations. */
    @FunctionalInterface
    interface Histogram {
        void observe(double value);
    }

    Counter counter(String name, String... labels);

    Gauge gauge(String name, String... labels);

    Histogram histogram(String name, String... labels);

    /** Reports to nowhere. */
    Meters NONE = new Meters() {
        @Override
        public Counter counter(String name, String... labels) {
            return amount -> {};
        }

        @Override
        public Gauge gauge(String name, String... labels) {
            return value -> {};
        }

        @Override
        public Histogram histogram(String name, String... labels) {
            return value -> {};
        }
    };
}
