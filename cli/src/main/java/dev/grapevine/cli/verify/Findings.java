package dev.grapevine.cli.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Json;
import dev.grapevine.proto.Rejection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** The findings of one run: printed as they come, and counted for the exit code. */
final class Findings {
    private final PrintWriter out;
    private boolean allGood = true;

    Findings(CommandSpec spec) {
        this.out = spec.commandLine().getOut();
    }

    /** Checks a file and prints the line about it: {@code file}, {@code ok}, {@code reason}. */
    void ofFile(Path file, Function<Path, Optional<Rejection>> check) {
        Optional<Rejection> why = refusal(() -> check.apply(file));
        ObjectNode line = Json.object().put("file", file.toString());
        print(line, "ok", why);
    }

    /** Prints a line whose verdict is called {@code verdict}; the reason is empty if nothing was found wrong. */
    void print(ObjectNode line, String verdict, Optional<Rejection> why) {
        line.put(verdict, why.isEmpty());
        line.put("reason", why.map(Findings::text).orElse(""));
        allGood &= why.isEmpty();
        out.println(Json.line(line));
        out.flush();
    }

    /** What was found wrong; input that cannot be read counts as wrong. */
    static Optional<Rejection> refusal(Supplier<Optional<Rejection>> check) {
        try {
            return check.get();
        } catch (CommandFailure unreadable) {
            return Optional.of(new Rejection("unreadable", unreadable.getMessage()));
        }
    }

    private static String text(Rejection why) {
        return why.reason() + ": " + why.detail();
    }

    int exitCode() {
        return allGood ? 0 : 1;
    }
}
