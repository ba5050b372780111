package dev.grapevine.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.Meters;
import dev.grapevine.proto.time.VirtualTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SIGKILL leaves of a ledger, in real processes. The witness is this process, at the other end of a pipe. */
class LedgerCrashTest {
    private static final int KILLS = 50;
    private static final int KILLS_WITHOUT_SYNC = 5;

    @TempDir
    Path root;

    @TempDir
    Path libraries;

    private final Random random = new Random(20261121);

    @Test
    void keepsEveryAcknowledgedBlockThroughFiftyKills() throws Exception {
        long acknowledged = 1;
        for (int kill = 0; kill < KILLS; kill++) {
            Life life = live(1 + random.nextInt(60));
            assertThat(life.heightAtOpening()).as("height after kill %d", kill).isGreaterThanOrEqualTo(acknowledged);
            acknowledged = life.acknowledged();
        }

        LedgerDirectory directory = LedgerDirectory.open(root, Meters.NONE);
        try (RocksLedger ledger = directory.open(TestChain.CHANNEL, new VirtualTime(1).newNode())) {
            assertThat(ledger.height()).isGreaterThanOrEqualTo(acknowledged);
            assertThat(ledger.chain().verify().blocks()).isEqualTo(ledger.height());
        }
    }

    /** The test above would be worth nothing if it could not fail. */
    @Test
    void losesAcknowledgedBlocksWhenAcknowledgingWithoutTheSync() throws Exception {
        List<Long> lost = new ArrayList<>();
        long acknowledged = 1;
        for (int kill = 0; kill <= KILLS_WITHOUT_SYNC; kill++) {
            Life life = live(20 + random.nextInt(200), LedgerProcess.WITHOUT_SYNC);
            lost.add(acknowledged - life.heightAtOpening());
            acknowledged = life.acknowledged();
        }

        assertThat(lost).anyMatch(blocks -> blocks > 0);
    }

    private record Life(long heightAtOpening, long acknowledged) {}

    /** Starts the process on our ledger and kills it after so many acknowledgements. */
    private Life live(int acknowledgements, String... options) throws IOException, InterruptedException {
        Process process = start(options);
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

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx128m",
                "-Djava.library.path=" + libraries,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                LedgerProcess.class.getName(),
                root.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // The first process unpacks RocksDB's native library there, the others find it; none can clean up after itself.
        builder.environment().put("ROCKSDB_SHAREDLIB_DIR", libraries.toString());
        return builder.start();
    }

    private static long height(String line, String word) {
        assertThat(line).as("what the ledger's process says").startsWith(word);
        return Long.parseLong(line.substring(word.length()));
    }
}
