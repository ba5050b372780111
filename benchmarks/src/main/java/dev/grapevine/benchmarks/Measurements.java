package dev.grapevine.benchmarks;

import dev.grapevine.benchmarks.network.LocalPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** Runs one measurement and prints its figures as a line of JSON. {@code docs/performance.md} says what each one means. */
public final class Measurements {
    private static final int PEERS = 4;
    private static final int KIB = 1024;
    private static final long DEFAULT_SETTLING_SECONDS = 60;

    private Measurements() {}

    /** One measurement: the folder it may fill goes in, the figures come out. */
    private interface Measurement {
        Figures run(Path folder) throws IOException, InterruptedException;
    }

    /** The first argument is what to measure. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String what = arguments.length == 0 ? "" : arguments[0];
        switch (what) {
            case "commit-10k" -> measure(folder -> CommitMeasurement.run(folder, 5000, 10 * KIB));
            case "commit-100k" -> measure(folder -> CommitMeasurement.run(folder, 1000, 100 * KIB));
            case "spread-1k" -> measure(folder -> SpreadMeasurement.run(folder, PEERS, KIB, 10, 300));
            case "spread-100k" -> measure(folder -> SpreadMeasurement.run(folder, PEERS, 100 * KIB, 2, 80));
            case "throughput-100k" -> measure(folder -> ThroughputMeasurement.run(folder, PEERS, 100 * KIB, 2000));
            case "transfer-10k" -> measure(folder -> TransferMeasurement.run(folder, PEERS, 10 * KIB, 2000));
            case "idle" ->
                measure(folder -> IdleMeasurement.run(folder, PEERS, settling(arguments), Duration.ofSeconds(60)));
            case "idle-node" ->
                IdleNode.run(
                        new LocalPeer(Path.of(arguments[1]), arguments[2], arguments[3], Path.of(arguments[4])),
                        Path.of(arguments[5]));
            default -> {
                System.err.println(
                        "say what to measure: commit-10k, commit-100k, spread-1k, spread-100k, throughput-100k, transfer-10k or idle");
                System.exit(2);
            }
        }
    }

    private static Duration settling(String... arguments) {
        return Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : DEFAULT_SETTLING_SECONDS);
    }

    private static void measure(Measurement measurement) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("grapevine-bench");
        try {
            measurement.run(folder).print();
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
