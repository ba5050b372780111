package dev.grapevine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Same seed, same run, to the byte: in any process, on any Java. */
class DeterminismTest {
    private static final Path INSTALLED_JAVAS = Path.of("/usr/lib/jvm");
    private static final Path THIS_JAVA = Path.of(System.getProperty("java.home"));

    @Test
    void oneSeedGivesOneTraceInTwoProcesses() throws IOException, InterruptedException {
        String first = traceIn(THIS_JAVA, 7);

        assertThat(first).matches("[0-9a-f]{64}");
        assertThat(traceIn(THIS_JAVA, 7)).isEqualTo(first);
    }

    @Test
    void oneSeedGivesTheSameTraceOnAnotherJava() throws IOException, InterruptedException {
        Optional<Path> other = anotherJava();
        assumeTrue(other.isPresent(), "no other Java of version 17 or later is installed in " + INSTALLED_JAVAS);

        assertThat(traceIn(other.orElseThrow(), 7)).isEqualTo(TraceMain.trace(7));
    }

    @Test
    void anotherSeedGivesAnotherTrace() {
        assertThat(TraceMain.trace(8)).isNotEqualTo(TraceMain.trace(7));
    }

    private static Optional<Path> anotherJava() throws IOException {
        if (!Files.isDirectory(INSTALLED_JAVAS)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(INSTALLED_JAVAS)) {
            return found.filter(java -> Files.isExecutable(java.resolve("bin/java")))
                    .filter(java -> feature(java) >= 17
                            && feature(java) != Runtime.version().feature())
                    .sorted()
                    .findFirst();
        }
    }

    private static int feature(Path java) {
        try (Stream<String> lines = Files.lines(java.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replace("JAVA_VERSION=", "").replace("\"", ""))
                    .mapToInt(version -> Runtime.Version.parse(version).feature())
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static String traceIn(Path java, long seed) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        java.resolve("bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TraceMain.class.getName(),
                        String.valueOf(seed)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code of " + java).isZero();
        return output.strip();
    }
}
