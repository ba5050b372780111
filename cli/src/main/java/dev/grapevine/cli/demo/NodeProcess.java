package dev.grapevine.cli.demo;

import dev.grapevine.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One operating-system process that runs this very command with other arguments; its log goes to a file. */
final class NodeProcess {
    private static final long PATIENCE_SECONDS = 10;

    private final String name;
    private final String mainClass;
    private final Path log;
    private final List<String> arguments;
    private @Nullable Process process;

    /** @param mainClass this command's, so that the process runs the same build */
    NodeProcess(String name, String mainClass, Path log, List<String> arguments) {
        this.name = name;
        this.mainClass = mainClass;
        this.log = log;
        this.arguments = List.copyOf(arguments);
    }

    void start() {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new CommandFailure("cannot start " + name, e);
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL: nothing of it runs after this returns. */
    void kill() {
        Process running = process;
        if (running != null) {
            await(running.destroyForcibly());
        }
    }

    /** SIGTERM, and SIGKILL for who does not listen. */
    void stop() {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!await(running)) {
                kill();
            }
        }
    }

    private static boolean await(Process running) {
        try {
            return running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The end of its log, for the explanation of a failure. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(its log " + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    String name() {
        return name;
    }
}
