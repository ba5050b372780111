package dev.grapevine.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Java processes that commit blocks until SIGKILL ends them. They say {@code open HEIGHT} once, and {@code durable HEIGHT} for
 * each block that was acknowledged; whoever runs them is the witness at the other end of the pipe.
 *
 * @param libraries where the first process unpacks RocksDB's native library for the others; none can clean up after itself
 */
public record KilledProcess(Class<?> main, Path libraries) {
    /**
     * What one process did.
     *
     * @param opened the height at which it began
     * @param acknowledged the height that it acknowledged last
     */
    public record Life(long opened, long acknowledged) {}

    /** Starts the process and kills it after so many acknowledgements. */
    public Life live(int acknowledgements, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        try (BufferedReader words = process.inputReader()) {
            long opened = height(words.readLine(), "open ");
            long last = opened;
            for (int i = 0; i < acknowledgements; i++) {
                last = height(words.readLine(), "durable ");
            }
            // Through the handle: Process itself would close the pipe and with it what was acknowledged last.
            process.toHandle().destroyForcibly();
            for (String line = words.readLine(); line != null; line = words.readLine()) {
                // The kill may cut the last line short, but what the pipe delivered whole was acknowledged.
                last = line.matches("durable \\d+") ? height(line, "durable ") : last;
            }
            process.waitFor();
            return new Life(opened, last);
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx128m",
                "-Djava.library.path=" + libraries,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("ROCKSDB_SHAREDLIB_DIR", libraries.toString());
        return builder.start();
    }

    private static long height(String line, String word) {
        assertThat(line).as("what the process says").startsWith(word);
        return Long.parseLong(line.substring(word.length()));
    }
}
