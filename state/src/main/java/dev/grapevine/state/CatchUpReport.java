package dev.grapevine.state;

import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.Meters;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how catching up goes: in the log when it begins, every few seconds and when it ends, and in the metrics each second. It
 * begins when the others are {@value #FAR} blocks ahead, and ends when we have what they had said they have.
 */
final class CatchUpReport {
    private static final int FAR = 100;
    private static final long MEASURED = Duration.ofSeconds(1).toNanos();
    private static final int LOGGED = 5;

    private final Logger log = LoggerFactory.getLogger(CatchUpReport.class);
    private final StateContext context;
    private final LongSupplier height;
    private final LongSupplier target;
    private final Meters.Gauge blocksLeft;
    private final Meters.Gauge bytesPerSecond;
    private final Meters.Gauge secondsLeft;
    private boolean running;
    private long startedAt;
    private long startHeight;
    private long bytes;
    private long measuredAt;
    private long measuredHeight;
    private long measuredBytes;
    private int measurements;
    private CatchUpProgress progress = new CatchUpProgress(0, 0, 0, 0);

    /**
     * @param height of the durable chain
     * @param target one past the last block that is known to exist
     */
    CatchUpReport(StateContext context, LongSupplier height, LongSupplier target) {
        this.context = context;
        this.height = height;
        this.target = target;
        String channel = context.channel().name();
        this.blocksLeft = context.meters().gauge("gossip_state_catch_up_blocks_left", "channel", channel);
        this.bytesPerSecond = context.meters().gauge("gossip_state_catch_up_bytes_per_second", "channel", channel);
        this.secondsLeft = context.meters().gauge("gossip_state_catch_up_seconds_left", "channel", channel);
    }

    /** Where we are; empty unless we are catching up. */
    Optional<CatchUpProgress> progress() {
        return running ? Optional.of(at(progress.target())) : Optional.empty();
    }

    private CatchUpProgress at(long end) {
        return new CatchUpProgress(height.getAsLong(), end, progress.blocksPerSecond(), progress.bytesPerSecond());
    }

    /** Somebody says to have this many blocks. */
    void announced(long claimed) {
        if (!running && isFar(claimed) && isFar(target.getAsLong())) {
            begin(target.getAsLong());
        }
    }

    private boolean isFar(long end) {
        return Long.compareUnsigned(end, height.getAsLong() + FAR) > 0;
    }

    private void begin(long end) {
        running = true;
        startedAt = context.scheduler().nanoTime();
        startHeight = height.getAsLong();
        bytes = 0;
        mark(startedAt);
        measurements = 0;
        progress = new CatchUpProgress(startHeight, end, 0, 0);
        log.info("channel {} is {} blocks behind and catches up", context.channel(), progress.left());
        publish();
    }

    /** A block has become durable. */
    void committed(VerifiedBlock block) {
        if (!running) {
            return;
        }
        bytes += block.bytes().size();
        long now = context.scheduler().nanoTime();
        boolean arrived = Long.compareUnsigned(block.number() + 1, progress.target()) >= 0;
        if (arrived || now - measuredAt >= MEASURED) {
            measure(now);
        }
        if (progress.left() == 0) {
            end(now);
        }
    }

    private void measure(long now) {
        double seconds = Math.max(1, now - measuredAt) / 1e9;
        long blocks = height.getAsLong() - measuredHeight;
        progress = new CatchUpProgress(
                height.getAsLong(), target.getAsLong(), blocks / seconds, (bytes - measuredBytes) / seconds);
        mark(now);
        measurements++;
        publish();
        if (measurements % LOGGED == 0) {
            log.info("channel {} catches up: {}", context.channel(), progress);
        }
    }

    private void mark(long now) {
        measuredAt = now;
        measuredHeight = height.getAsLong();
        measuredBytes = bytes;
    }

    private void end(long now) {
        running = false;
        double seconds = Math.max(1, now - startedAt) / 1e9;
        long blocks = height.getAsLong() - startHeight;
        log.info(
                "channel {} has caught up at height {}: {} blocks in {} s, {} blocks/s, {} MB/s",
                context.channel(),
                height.getAsLong(),
                blocks,
                "%.1f".formatted(seconds),
                Math.round(blocks / seconds),
                "%.1f".formatted(bytes / seconds / 1e6));
        progress = new CatchUpProgress(height.getAsLong(), height.getAsLong(), 0, 0);
        publish();
    }

    private void publish() {
        blocksLeft.set((double) progress.left());
        bytesPerSecond.set(progress.bytesPerSecond());
        secondsLeft.set(progress.timeLeft().map(left -> left.toMillis() / 1e3).orElse(0.0));
    }
}
