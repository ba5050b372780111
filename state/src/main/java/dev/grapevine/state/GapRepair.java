package dev.grapevine.state;

import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks for missing blocks as soon as they are known to be missing: because a later one came, or a peer announced that it has
 * more. Always on, also when {@code peer.gossip.state.enabled} is not.
 *
 * <p>A block of the tip that was just noticed is probably on its way by push, so {@link PushDelay} gives it a moment, of one
 * round trip at most. What is further away than gossip reaches is asked for at once. While something is missing that nobody
 * gives us a round runs now and then, less often as long as nothing helps; when nothing is missing there is no timer.
 */
final class GapRepair {
    private static final long IDLE = Duration.ofMillis(100).toNanos();
    private static final int MAX_IDLE_ROUNDS = 4;

    /** Rounds without any progress after which the stream of the ordering service had better begin anew. */
    private static final int STRANDED = 2;

    private final Scheduler scheduler;
    private final StateConfig config;
    private final PayloadBuffer buffer;
    private final Sources sources;
    private final CatchUp catchUp;
    private final OrdererLane lane;
    private final PushDelay delay;
    private final ChannelHalt halt;
    private final Notices notices = new Notices();
    private Scheduler.@Nullable Timer timer;
    private long timerDue;
    private long ripe;
    private long nextBefore;
    private int idleRounds;
    private Runnable onStranded = () -> {};

    GapRepair(
            Scheduler scheduler,
            StateConfig config,
            PayloadBuffer buffer,
            Sources sources,
            CatchUp catchUp,
            OrdererLane lane,
            PushDelay delay,
            ChannelHalt halt) {
        this.scheduler = scheduler;
        this.config = config;
        this.buffer = buffer;
        this.sources = sources;
        this.catchUp = catchUp;
        this.lane = lane;
        this.delay = delay;
        this.halt = halt;
    }

    /** Sets who is told when the next block is missing, no peer gives it, and the ordering service's stream is past it. */
    void onStranded(Runnable listener) {
        this.onStranded = listener;
    }

    /** A peer says it has this many blocks. */
    void announced(long height) {
        if (Long.compareUnsigned(height, buffer.next()) > 0 && notices.isNews(height)) {
            notice(knownEnd());
        }
    }

    /** A block came while an earlier one is missing. */
    void gap() {
        notice(buffer.end());
    }

    /** A block came by gossip, before it is taken in. */
    void pushed(long number) {
        long now = scheduler.nanoTime();
        delay.pushed(now);
        notices.noticedAt(number).ifPresent(at -> delay.pushedAfter(now - at));
    }

    /** Something may be missing: looks for it now. */
    void look() {
        notice(knownEnd());
        work();
    }

    /** A round that asks for all that is missing, however fresh the news. */
    void roundNow() {
        ripe = greater(ripe, knownEnd());
        work();
    }

    private void notice(long end) {
        long now = scheduler.nanoTime();
        notices.reached(buffer.next());
        if (halt.isHalted() || Long.compareUnsigned(end, buffer.next()) <= 0 || !notices.add(end, now)) {
            return;
        }
        boolean outOfReach = Long.compareUnsigned(end - buffer.next(), config.blockBufferSize()) > 0;
        if (outOfReach && !delay.isReceiving(now)) {
            roundNow();
        } else {
            arm(delay.patience());
        }
    }

    private void round() {
        timer = null;
        work();
    }

    private void work() {
        if (halt.isHalted()) {
            return;
        }
        notices.reached(buffer.next());
        ripe = greater(ripe, notices.endBy(scheduler.nanoTime() - delay.patience()));
        catchUp.look();
        catchUp.fill(ripe);
        boolean moving = buffer.next() != nextBefore || !catchUp.isIdle();
        nextBefore = buffer.next();
        idleRounds = moving ? 0 : Math.min(MAX_IDLE_ROUNDS, idleRounds + 1);
        armForNext();
        if (idleRounds >= STRANDED && isStranded()) {
            onStranded.run();
        }
    }

    private void armForNext() {
        long patience = delay.patience();
        long now = scheduler.nanoTime();
        notices.firstAfter(now - patience).ifPresent(at -> arm(at + patience - now));
        catchUp.nextLook().ifPresent(this::arm);
        if (catchUp.isIdle() && isBehind()) {
            arm(IDLE << idleRounds);
        }
    }

    private void arm(long nanos) {
        long due = scheduler.nanoTime() + nanos;
        if (timer != null && timerDue - due <= 0) {
            return;
        }
        stop();
        timerDue = due;
        timer = scheduler.schedule(Duration.ofNanos(nanos), this::round);
    }

    /** An answer has been dealt with: its source is free for more. */
    void answered() {
        if (!halt.isHalted()) {
            catchUp.fill(ripe);
            armForNext();
        }
    }

    /** Blocks have left the buffer: there may be room for more. */
    void advanced() {
        if (!halt.isHalted() && catchUp.refill(ripe)) {
            armForNext();
        }
    }

    /** Whether the chain waits for a block that the ordering service's stream left to others. */
    private boolean isStranded() {
        return buffer.peek() == null && lane.isBeyond(buffer.next());
    }

    private boolean isBehind() {
        return isStranded()
                || Long.compareUnsigned(buffer.end(), buffer.next()) > 0
                || sources.isAnyAbove(buffer.next());
    }

    /** One past the last block that is known to exist, as far as we believe it. */
    long knownEnd() {
        return sources.greatestCredibleHeight(buffer.end());
    }

    private static long greater(long one, long other) {
        return Long.compareUnsigned(one, other) >= 0 ? one : other;
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
