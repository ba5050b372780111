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
    private final double allAtStart = all();
    private final long start = System.nanoTime();

    private static double own() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / NANOS_PER_SECOND;
    }

    /** Busy seconds of all cores: user, nice, system, interrupts and stolen time; 0 where Linux does not tell. */
    private static double all() {
        if (!Files.isReadable(STATISTICS)) {
            return 0;
        }
        try {
            List<String> fields =
                    List.of(Files.readAllLines(STATISTICS).get(0).trim().split(" +"));
            return (ticks(fields, 1, 4) + ticks(fields, 6, 9)) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STATISTICS, e);
        }
    }

    private static long ticks(List<String> fields, int from, int to) {
        return fields.subList(from, to).stream().mapToLong(Long::parseLong).sum();
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
        return Math.max(0, all() - allAtStart - ownSeconds());
    }

    /** Adds the time that passed, the CPU time this process used, and that of everything else on the machine. */
    Figures addTo(Figures figures) {
        return figures.with("seconds", seconds())
                .with("own_cpu_s", ownSeconds())
                .with("other_cpu_s", otherSeconds());
    }
}
