package dev.grapevine.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * CPU time since it was made: this process', and everybody's. Two runs can be compared only if others used as little in both.
 */
public final class Load {
    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double ownAtStart = own();
    private final double allAtStart = ticks(1, 4) + ticks(6, 8);
    private final double stolenAtStart = ticks(8, 9);
    private final long start = System.nanoTime();

    private static double own() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / NANOS_PER_SECOND;
    }

    /**
     * Seconds of all cores in some columns of Linux's statistics; 0 where there are none. From 1 on: user, nice, system, idle,
     * waiting, two of interrupts, stolen by other machines on the same hardware.
     */
    private static double ticks(int from, int to) {
        if (!Files.isReadable(STATISTICS)) {
            return 0;
        }
        try {
            List<String> fields =
                    List.of(Files.readAllLines(STATISTICS).get(0).trim().split(" +"));
            return fields.subList(from, to).stream().mapToLong(Long::parseLong).sum() / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STATISTICS, e);
        }
    }

    /** Seconds since it was made. */
    public double seconds() {
        return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }

    /** CPU seconds of this process. */
    public double ownSeconds() {
        return own() - ownAtStart;
    }

    /** CPU seconds of everything else on the machine. */
    public double otherSeconds() {
        return Math.max(0, ticks(1, 4) + ticks(6, 8) - allAtStart - ownSeconds());
    }

    /** Seconds in which a core of ours was ready to run and the machine below gave it to somebody else. */
    public double stolenSeconds() {
        return ticks(8, 9) - stolenAtStart;
    }

    /** Adds the time that passed, the CPU time this process used, and that of everything else on the machine. */
    Figures addTo(Figures figures) {
        return figures.with("seconds", seconds())
                .with("own_cpu_s", ownSeconds())
                .with("other_cpu_s", otherSeconds())
                .with("steal_s", stolenSeconds());
    }
}
