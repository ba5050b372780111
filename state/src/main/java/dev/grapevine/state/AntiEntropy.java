package dev.grapevine.state;

import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The periodic safety net (specification 10.4): compares our height with what peers announce every {@code checkInterval} and asks
 * for what is missing. Runs only when {@code peer.gossip.state.enabled}; {@link GapRepair} usually was there before.
 */
final class AntiEntropy {
    private final Scheduler scheduler;
    private final Duration checkInterval;
    private final GapRepair repair;
    private Scheduler.@Nullable Timer timer;

    AntiEntropy(Scheduler scheduler, Duration checkInterval, GapRepair repair) {
        this.scheduler = scheduler;
        this.checkInterval = checkInterval;
        this.repair = repair;
    }

    void start() {
        timer = scheduler.every(checkInterval, repair::roundNow);
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
