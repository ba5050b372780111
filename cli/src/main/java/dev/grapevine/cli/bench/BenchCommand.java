package dev.grapevine.cli.bench;

import dev.grapevine.benchmarks.Figures;
import dev.grapevine.benchmarks.scenario.Scenario;
import dev.grapevine.benchmarks.scenario.Stage;
import dev.grapevine.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures peers in this process, in the scenarios in which Fabric's gossip was measured. */
@Command(
        name = "bench",
        description = {
            "Measure peers on this machine: real gRPC, TLS and signatures over the loopback interface, all peers in"
                    + " one process, ledgers in memory.",
            "What each scenario does and each figure means: docs/performance.md. A run takes one to three minutes."
        },
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    private static final int MAX_PEERS = 200;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "SCENARIO",
            description = "idle, membership, dissem-1k, dissem-1k-slow, dissem-100k, dissem-1m, throughput-closed, "
                    + "throughput-open, catchup, catchup-20k, failure-crash, failure-blackhole, leader or ecdsa.")
    private String scenario = "";

    @Option(
            names = "--peers",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many peers (${DEFAULT-VALUE}; 2 to " + MAX_PEERS + ").")
    private int peers;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "400",
            description = "Blocks a second of throughput-open (${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--plain",
            description = "Without Grapevine's extensions: peers do among each other what Fabric's do.")
    private boolean plain;

    @Option(names = "--json", description = "Print one line of JSON at the end.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Scenario chosen = Scenario.labelled(scenario)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "no scenario is called '" + scenario + "'; there are\n" + scenarios()));
        if (peers < 2 || peers > MAX_PEERS || rate <= 0) {
            throw new ParameterException(
                    spec.commandLine(), "--peers must be 2 to " + MAX_PEERS + ", and --rate more than 0");
        }
        Path folder = Files.createTempDirectory("grapevine-bench");
        try {
            print(chosen.play(new Stage(peers, rate, !plain, folder, this::say)));
            return 0;
        } catch (IllegalStateException e) {
            throw new CommandFailure("the scenario could not be played: " + e.getMessage(), e);
        } finally {
            remove(folder);
        }
    }

    private static String scenarios() {
        return Arrays.stream(Scenario.values())
                .map(each -> String.format("  %-18s %s", each.label(), each.summary()))
                .collect(Collectors.joining("\n"));
    }

    private void say(String what) {
        spec.commandLine().getErr().println("grapevine: " + what);
        spec.commandLine().getErr().flush();
    }

    private void print(Figures figures) {
        spec.commandLine().getOut().println(json ? figures.json() : figures.text());
        spec.commandLine().getOut().flush();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
