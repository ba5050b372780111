package dev.grapevine.channel;

import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gets the state info of members that have appeared, without waiting for the next periodic round (four seconds in Fabric): a
 * newcomer that does not know anybody's height cannot ask for a block. Asks soon, then at intervals that double until
 * nobody's is missing or the periodic round is as quick.
 *
 * <p>Who knows most already can wait a while for what a newcomer pushes to everybody, or else each
 * newcomer would cost a large network a round of questions and answers.
 */
final class EarlyStateInfo {
    private static final Duration FIRST = Duration.ofMillis(20);
    private static final Duration CALM = FIRST.multipliedBy(32);

    private final Scheduler scheduler;
    private final Duration period;
    private final BooleanSupplier isMissing;
    private final BooleanSupplier hurries;
    private final Runnable exchange;
    private Duration first = FIRST;
    private Duration pause = FIRST;
    private Scheduler.@Nullable Timer timer;

    /**
     * @param period between the periodic rounds
     * @param isMissing whether a living member's state info is not here
     * @param hurries whether it would harm us to wait for what others push
     * @param exchange tells others ours and asks for theirs
     */
    EarlyStateInfo(
            Scheduler scheduler,
            Duration period,
            BooleanSupplier isMissing,
            BooleanSupplier hurries,
            Runnable exchange) {
        this.scheduler = scheduler;
        this.period = period;
        this.isMissing = isMissing;
        this.hurries = hurries;
        this.exchange = exchange;
    }

    /** Somebody has appeared: begins anew. */
    void look() {
        Duration wanted = hurries.getAsBoolean() ? FIRST : CALM;
        boolean soon = timer != null && pause.equals(first) && first.compareTo(wanted) <= 0;
        if (!soon && isMissing.getAsBoolean()) {
            stop();
            first = wanted;
            pause = first;
            arm();
        }
    }

    private void arm() {
        timer = scheduler.schedule(pause, this::round);
    }

    private void round() {
        timer = null;
        pause = pause.multipliedBy(2);
        if (isMissing.getAsBoolean() && pause.compareTo(period) < 0) {
            exchange.run();
            arm();
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
