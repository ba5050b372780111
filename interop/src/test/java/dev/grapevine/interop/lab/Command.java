package dev.grapevine.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
public final class Command {
    private static final long PATIENCE_SECONDS = 120;

    private Command() {}

    /**
     * What came of a program.
     *
     * @param exit its exit code
     * @param output its stdout
     * @param errors its stderr
     */
    public record Result(int exit, String output, String errors) {}

    /**
     * Runs it, with these variables besides those of this process. Its output goes through files, since what it leaves running
     * in the background may hold a pipe open.
     */
    static Result run(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile(folder, "out", ".txt");
            Path errors = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end after " + PATIENCE_SECONDS + " s: " + command);
            }
            Result result = new Result(process.exitValue(), read(output), read(errors));
            Files.delete(output);
            Files.delete(errors);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }

    /** The same, for what must succeed. */
    static String succeed(Path folder, Map<String, String> environment, List<String> command) {
        Result result = run(folder, environment, command);
        if (result.exit() != 0) {
            throw new IllegalStateException(
                    command + " ended with " + result.exit() + ":\n" + result.output() + result.errors());
        }
        return result.output();
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
