package dev.grapevine.cli.simulate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grapevine.cli.Json;
import dev.grapevine.cli.Output;
import dev.grapevine.simulation.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a scenario with many seeds. */
@Command(
        name = "sweep",
        description =
                "Run a scenario with many seeds, one after the other, and say which break a rule. A failing seed is"
                        + " printed at once and replays with 'grapevine simulate'.",
        mixinStandardHelpOptions = true)
public final class SweepCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Mixin
    private ScenarioOptions options;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many seeds (1000), from --seed on.")
    private int seeds;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Remember in this file what each seed came to, and go on where it ends.")
    private @Nullable Path file;

    private volatile String progress = "nothing has happened yet";

    @Override
    public Integer call() {
        if (seeds < 1) {
            throw new ParameterException(spec.commandLine(), "--seeds is " + seeds + "; it must be at least 1");
        }
        Scenario scenario = options.scenario();
        SweepRecord record = new SweepRecord(file, options.subject());
        output.during(() -> progress, () -> run(scenario, record));
        output.print(json(record), text(record));
        return record.failed().isEmpty() ? 0 : 1;
    }

    private void run(Scenario scenario, SweepRecord record) {
        for (long seed = options.seed(); seed < options.seed() + seeds; seed++) {
            progress = "seed " + seed + ", " + record.failed().size() + " of " + record.done() + " have failed";
            if (!record.isDone(seed)) {
                List<String> violations = violations(scenario, seed);
                record.add(seed, violations);
                if (!violations.isEmpty()) {
                    report(seed, record);
                }
            }
        }
    }

    private List<String> violations(Scenario scenario, long seed) {
        try {
            return options.simulation(scenario, seed).run().violations();
        } catch (AssertionError broken) {
            return List.of(String.valueOf(broken.getMessage()));
        }
    }

    private void report(long seed, SweepRecord record) {
        spec.commandLine().getErr().println("grapevine: seed " + seed + " fails: " + record.result(seed));
        spec.commandLine()
                .getErr()
                .println("grapevine: again: grapevine simulate " + options.subject() + " --seed " + seed);
        spec.commandLine().getErr().flush();
    }

    private ObjectNode json(SweepRecord record) {
        ObjectNode json = Json.object();
        json.put("sweep", options.subject()).put("seeds", record.done());
        ArrayNode failed = json.putArray("failed");
        record.failed().forEach(failed::add);
        return json;
    }

    private String text(SweepRecord record) {
        StringBuilder text =
                new StringBuilder(record.done() + " seeds, " + record.failed().size() + " failed");
        record.failed()
                .forEach(seed -> text.append("\n  ").append(seed).append(": ").append(record.result(seed)));
        return text.toString();
    }
}
