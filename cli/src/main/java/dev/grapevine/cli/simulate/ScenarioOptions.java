package dev.grapevine.cli.simulate;

import dev.grapevine.cli.CommandFailure;
import dev.grapevine.simulation.run.Baseline;
import dev.grapevine.simulation.run.FabricModelSimulation;
import dev.grapevine.simulation.run.Run;
import dev.grapevine.simulation.run.Simulation;
import dev.grapevine.simulation.scenario.Scenario;
import dev.grapevine.simulation.scenario.ScenarioException;
import dev.grapevine.simulation.scenario.Scenarios;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is to be simulated. */
public final class ScenarioOptions {
    private static final int MOST_PEERS = 100_000;
    private static final String MODEL = Baseline.FABRIC_MODEL.toString();
    private static final List<String> BASELINES = List.of(Baseline.FABRIC.toString(), MODEL);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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
            paramLabel = "fabric|fabric-model",
            description =
                    "Make every peer a plain Fabric peer: of our own classes (fabric), or a model of it that does for"
                            + " thousands of them (fabric-model).")
    private @Nullable String baseline;

    long seed() {
        return seed;
    }

    /** The options again, but for the seed. */
    String subject() {
        return "--scenario " + scenario + " --peers " + peers + (duration == null ? "" : " --duration " + duration)
                + (baseline == null ? "" : " --baseline " + baseline);
    }

    /**
     * Reads the scenario and checks the options.
     *
     * @throws CommandFailure if it is not there or not right
     */
    Scenario scenario() {
        if (peers < 2 || peers > MOST_PEERS) {
            throw new ParameterException(
                    spec.commandLine(), "--peers is " + peers + "; it must be from 2 to " + MOST_PEERS);
        }
        if (baseline != null && !BASELINES.contains(baseline)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--baseline is '" + baseline + "'; it must be " + String.join(" or ", BASELINES));
        }
        try {
            Scenario found = Scenarios.find(scenario);
            return duration == null ? found : found.lasting(duration);
        } catch (ScenarioException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    /**
     * A run of the scenario.
     *
     * @throws CommandFailure if the model of Fabric peers cannot do what the scenario asks for
     */
    Run simulation(Scenario found, long withSeed) {
        if (!MODEL.equals(baseline)) {
            return new Simulation(found, peers, withSeed, baseline != null);
        }
        try {
            return new FabricModelSimulation(found, peers, withSeed);
        } catch (ScenarioException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }
}
