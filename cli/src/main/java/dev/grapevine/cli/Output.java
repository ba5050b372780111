package dev.grapevine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command's result goes: text for people, one line of JSON for programs. */
public final class Output {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one line of JSON instead of text.")
    private boolean json;

    /** Prints the result in the form that was asked for. */
    public void print(JsonNode forPrograms, String forPeople) {
        spec.commandLine().getOut().println(json ? Json.line(forPrograms) : forPeople);
        spec.commandLine().getOut().flush();
    }

    /** Tells on stderr what the result lacks. */
    public void remark(String text) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
    }

    /** Gets something that may take a while, and tells on stderr that it does. */
    public <T> T during(String what, Supplier<T> task) {
        try (Progress progress = progress(() -> what)) {
            return task.get();
        }
    }

    /** Does something that may take a while, telling on stderr how far it has come. */
    public void during(Supplier<String> state, Runnable task) {
        try (Progress progress = progress(state)) {
            task.run();
        }
    }

    private Progress progress(Supplier<String> state) {
        return Progress.start(spec.commandLine().getErr(), state);
    }
}
