package dev.grapevine.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.node.KilledProcess;
import dev.grapevine.node.KilledProcess.Life;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.time.VirtualTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SIGKILL leaves of a ledger that is written as fast as it goes; of a whole peer, {@code PeerCrashTest} shows it. */
class LedgerCrashTest {
    private static final int KILLS = 5;

    @TempDir
    Path root;

    @TempDir
    Path libraries;

    private final Random random = new Random(20261121);
    private KilledProcess process;

    @BeforeEach
    void describeTheProcess() {
        process = new KilledProcess(LedgerProcess.class, libraries);
    }

    @Test
    void keepsEveryAcknowledgedBlock() throws Exception {
        long acknowledged = 1;
        for (int kill = 0; kill < KILLS; kill++) {
            Life life = process.live(20 + random.nextInt(200), root.toString());
            assertThat(life.opened()).as("height after kill %d", kill).isGreaterThanOrEqualTo(acknowledged);
            acknowledged = life.acknowledged();
        }

        LedgerDirectory directory = LedgerDirectory.open(root, Meters.NONE);
        try (RocksLedger ledger = directory.open(TestChain.CHANNEL, new VirtualTime(1).newNode())) {
            assertThat(ledger.height()).isGreaterThanOrEqualTo(acknowledged);
            assertThat(ledger.chain().verify().blocks()).isEqualTo(ledger.height());
        }
    }

    /** The test above, and that of the whole peer, would be worth nothing if they could not fail. */
    @Test
    void losesAcknowledgedBlocksWhenAcknowledgingWithoutTheSync() throws Exception {
        List<Long> lost = new ArrayList<>();
        long acknowledged = 1;
        for (int kill = 0; kill <= KILLS; kill++) {
            Life life = process.live(20 + random.nextInt(200), root.toString(), LedgerProcess.WITHOUT_SYNC);
            lost.add(acknowledged - life.opened());
            acknowledged = life.acknowledged();
        }

        assertThat(lost).anyMatch(blocks -> blocks > 0);
    }
}
