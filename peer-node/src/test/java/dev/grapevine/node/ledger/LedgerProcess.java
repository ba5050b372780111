package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.time.EventLoop;
import dev.grapevine.proto.time.Scheduler;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A process of its own that commits blocks as fast as it can until it is killed. It checks the whole chain, says {@code open
 * HEIGHT}, and then {@code durable HEIGHT} for each block that the ledger has acknowledged.
 */
final class LedgerProcess {
    /** Says that blocks are to be acknowledged although nothing was synced. */
    static final String WITHOUT_SYNC = "without-sync";

    private static final int IN_FLIGHT = 8;
    private static final int BLOCK_BYTES = 400;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final TestChain blocks = new TestChain();
    private final RocksLedger ledger;
    private long next;
    private ByteString previous;

    private LedgerProcess(RocksLedger ledger) {
        this.ledger = ledger;
        this.next = ledger.height();
        this.previous = ledger.lastHash();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path root = Path.of(arguments[0]);
        EventLoop loop = new EventLoop("loop", Runnable::run, LedgerProcess::fail);
        boolean sync = arguments.length == 1 || !arguments[1].equals(WITHOUT_SYNC);
        LedgerProcess process = new LedgerProcess(open(root, loop, sync));
        loop.execute(process::start);
        new CountDownLatch(1).await();
    }

    private static RocksLedger open(Path root, Scheduler loop, boolean sync) throws IOException {
        LedgerDirectory directory = LedgerDirectory.open(root, Meters.NONE);
        if (!directory.contains(TestChain.CHANNEL)) {
            directory.create(TestChain.CHANNEL, TestChain.genesis());
        }
        if (sync) {
            return directory.open(TestChain.CHANNEL, loop);
        }
        ChainStore store =
                ChainStore.open(TestChain.CHANNEL, ChannelFolders.open(root).of(TestChain.CHANNEL));
        return RocksLedger.open(TestChain.CHANNEL, store, () -> {}, loop, Runnable::run, Meters.NONE);
    }

    private static void fail(Throwable why) {
        why.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    private void start() {
        ledger.chain().verify();
        out.println("open " + ledger.height());
        for (int block = 0; block < IN_FLIGHT; block++) {
            appendNext();
        }
    }

    private void appendNext() {
        VerifiedBlock block = blocks.after(next, previous, BLOCK_BYTES);
        next++;
        previous = block.headerHash();
        ledger.append(block, this::onDone);
    }

    private void onDone(@Nullable Throwable failure) {
        if (failure != null) {
            fail(failure);
        }
        out.println("durable " + ledger.height());
        appendNext();
    }
}
