package dev.grapevine.benchmarks;

import dev.grapevine.benchmarks.network.LocalPeer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The process of an {@link IdleNode}, seen from outside. */
final class IdleProcess implements AutoCloseable {
    private static final double KIB_PER_MIB = 1024;

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    private IdleProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader();
        this.questions = process.outputWriter();
    }

    /** Starts it, with this process' own options of the virtual machine, and waits until it has joined. */
    static IdleProcess start(LocalPeer setup, Path genesis) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X"))
                .forEach(command::add);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Measurements.class.getName(),
                "idle-node",
                setup.folder().toString(),
                setup.endpoint(),
                setup.bootstrap(),
                setup.storage().toString(),
                genesis.toString()));
        IdleProcess started = new IdleProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        String first = started.answers.readLine();
        if (!"ready".equals(first)) {
            throw new IOException("a node did not start: " + first);
        }
        return started;
    }

    int members() {
        return (int) ask("members");
    }

    double heapMebibytes() {
        return ask("heap") / KIB_PER_MIB / KIB_PER_MIB;
    }

    private long ask(String question) {
        try {
            questions.write(question);
            questions.newLine();
            questions.flush();
            return Long.parseLong(answers.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException("a node does not answer", e);
        }
    }

    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Resident memory as Linux counts it. */
    double residentMebibytes() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(each -> each.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB;
    }

    long threads() throws IOException {
        try (var tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return tasks.count();
        }
    }

    /** Ends it: its standard input does. */
    @Override
    public void close() {
        try {
            questions.close();
            process.waitFor();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
