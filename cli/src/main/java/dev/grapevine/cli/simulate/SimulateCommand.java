package dev.grapevine.cli.simulate;

import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Output;
import dev.grapevine.simulation.report.HtmlReport;
import dev.grapevine.simulation.run.Outcome;
import dev.grapevine.simulation.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a scenario in virtual time. */
@Command(
        name = "simulate",
        description =
                "Run many peers in virtual time, in this process, under a scenario's network and faults. The same seed"
                        + " gives the same run.",
        mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Mixin
    private ScenarioOptions options;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write a page with plots into this folder; its name goes to stderr.")
    private @Nullable Path report;

    @Override
    public Integer call() {
        Run simulation = options.simulation(options.scenario(), options.seed());
        long began = System.nanoTime();
        Outcome outcome = run(simulation);
        Summary summary = new Summary(outcome, Duration.ofNanos(System.nanoTime() - began));
        if (report != null) {
            write(outcome, report);
        }
        output.print(summary.json(), summary.text());
        return outcome.isSound() ? 0 : 1;
    }

    private Outcome run(Run simulation) {
        AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
        try {
            output.during(simulation::progress, () -> outcome.set(simulation.run()));
        } catch (AssertionError violation) {
            throw new CommandFailure(
                    options.subject() + " --seed " + options.seed() + " breaks a rule (" + simulation.progress() + ")",
                    violation);
        }
        Outcome reached = outcome.get();
        if (reached == null) {
            throw new IllegalStateException("the simulation ended without an outcome");
        }
        return reached;
    }

    private void write(Outcome outcome, Path folder) {
        try {
            spec.commandLine().getErr().println("grapevine: the report is " + HtmlReport.write(outcome, folder));
        } catch (IOException e) {
            throw new CommandFailure("cannot write the report into " + folder, e);
        }
    }
}
