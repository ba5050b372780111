package dev.grapevine.cli.simulate;

import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Output;
import dev.grapevine.simulation.run.Outcome;
import dev.grapevine.simulation.run.Simulation;
import dev.grapevine.simulation.scenario.Scenario;
import dev.grapevine.simulation.scenario.ScenarioException;
import dev.grapevine.simulation.scenario.Scenarios;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a scenario in virtual time. */
@Command(
        name = "simulate",
        description =
                "Run many peers in virtual time, in this process, under a scenario's network and faults. The same seed"
                        + " gives the same run.",
        mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
    private static final int MOST_PEERS = 100_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--peers", paramLabel = "N", defaultValue = "100", description = "How many peers (100; from 2).")
    private int peers;

    @Option(
            names = "--scenario",
            paramLabel = "FILE|NAME",
            defaultValue = "lan",
            description = "A scenario file, or one of those that come with the command (lan).")
    private String scenario = "";

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides everything left to chance (1).")
    private long seed;

    @Option(
            names = "--duration",
            paramLabel = "T",
            description = "How long blocks are ordered, such as 90s or 10m; without, as the scenario says.")
    private @Nullable String duration;

    @Option(
            names = "--baseline",
            paramLabel = "fabric",
            description = "Make every peer a plain Fabric peer: 'fabric' is the only baseline.")
    private @Nullable String baseline;

    @Override
    public Integer call() {
        if (peers < 2 || peers > MOST_PEERS) {
            throw new ParameterException(
                    spec.commandLine(), "--peers is " + peers + "; it must be from 2 to " + MOST_PEERS);
        }
        if (baseline != null && !baseline.equals("fabric")) {
            throw new ParameterException(spec.commandLine(), "--baseline is '" + baseline + "'; it must be fabric");
        }
        long began = System.nanoTime();
        Outcome outcome = run(find());
        Summary summary = new Summary(outcome, Duration.ofNanos(System.nanoTime() - began));
        output.print(summary.json(), summary.text());
        return outcome.isSound() ? 0 : 1;
    }

    private Scenario find() {
        try {
            Scenario found = Scenarios.find(scenario);
            return duration == null ? found : found.lasting(duration);
        } catch (ScenarioException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private Outcome run(Scenario found) {
        Simulation simulation = new Simulation(found, peers, seed, baseline != null);
        AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
        try {
            output.during(simulation::progress, () -> outcome.set(simulation.run()));
        } catch (AssertionError violation) {
            throw new CommandFailure(
                    "scenario " + found.name() + " with " + peers + " peers and seed " + seed + " breaks a rule after "
                            + simulation.progress(),
                    violation);
        }
        Outcome reached = outcome.get();
        if (reached == null) {
            throw new IllegalStateException("the simulation ended without an outcome");
        }
        return reached;
    }
}
