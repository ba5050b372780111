package dev.grapevine.state;

import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks for missing blocks as soon as they are known to be missing: because a later one came, or a peer announced that it has
 * more. Always on, also when {@code peer.gossip.state.enabled} is not.
 *
 * <p>A block that was just announced is probably on its way by push, so nothing is asked for that was not known to be missing a
 * moment ago; unless we are further behind than gossip reaches. While something is missing a round runs now and then, less often
 * as long as nothing helps; otherwise there is no timer.
 */
final class GapRepair {
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final int JITTER_MILLIS = 50;
    private static final int MAX_IDLE_ROUNDS = 4;

    private final Scheduler scheduler;
    private final StateConfig config;
    private final PayloadBuffer buffer;
    private final StateRequests requests;
    private final ChannelHalt halt;
    private Scheduler.@Nullable Timer timer;
    private long known;
    private long ripe;
    private long nextBefore;
    private int idleRounds;

    GapRepair(Scheduler scheduler, StateConfig config, PayloadBuffer buffer, StateRequests requests, ChannelHalt halt) {
        this.scheduler = scheduler;
        this.config = config;
        this.buffer = buffer;
        this.requests = requests;
        this.halt = halt;
    }

    /** A peer says it has this many blocks. */
    void announced(long height) {
        if (Long.compareUnsigned(height, buffer.next()) > 0) {
            look();
        }
    }

    /** Something may be missing: looks closer in a moment. */
    void look() {
        if (timer == null && !halt.isHalted()) {
            arm();
        }
    }

    private void arm() {
        long millis = PATIENCE.toMillis() << idleRounds;
        int jitter = scheduler.random().nextInt(JITTER_MILLIS);
        timer = scheduler.schedule(Duration.ofMillis(millis + jitter), this::round);
    }

    private void round() {
        timer = null;
        long before = known;
        known = knownEnd();
        boolean farBehind = Long.compareUnsigned(known, buffer.next()) > 0
                && Long.compareUnsigned(known - buffer.next(), config.blockBufferSize()) > 0;
        work(farBehind ? known : lesser(before, known));
    }

    /** A round that asks for all that is missing, however fresh the news. */
    void roundNow() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        known = knownEnd();
        work(known);
    }

    private void work(long limit) {
        if (halt.isHalted()) {
            return;
        }
        ripe = limit;
        requests.expire();
        requests.hurry();
        requests.fill(ripe);
        boolean moving = buffer.next() != nextBefore || !requests.isIdle();
        nextBefore = buffer.next();
        idleRounds = moving ? 0 : Math.min(MAX_IDLE_ROUNDS, idleRounds + 1);
        if (isBehind()) {
            arm();
        } else {
            idleRounds = 0;
        }
    }

    /** Something came or went: there may be room for more requests. */
    void progress() {
        if (timer != null && !halt.isHalted()) {
            requests.fill(ripe);
        }
    }

    private boolean isBehind() {
        long end = greater(buffer.end(), requests.choice().greatestHeight());
        return !requests.isIdle() || Long.compareUnsigned(end, buffer.next()) > 0;
    }

    /** One past the last block that is known to exist, as far as we believe it. */
    private long knownEnd() {
        return greater(buffer.end(), requests.choice().greatestCredibleHeight());
    }

    private static long greater(long one, long other) {
        return Long.compareUnsigned(one, other) >= 0 ? one : other;
    }

    private static long lesser(long one, long other) {
        return Long.compareUnsigned(one, other) <= 0 ? one : other;
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
