package dev.grapevine.proto.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A timer that arms itself again after each run. Touched on its loop, except that it may be cancelled from anywhere. */
final class Periodic implements Scheduler.Timer {
    private final Scheduler scheduler;
    private final Duration period;
    private final Runnable task;
    private volatile boolean cancelled;
    private volatile Scheduler.@Nullable Timer next;

    Periodic(Scheduler scheduler, Duration period, Runnable task) {
        this.scheduler = scheduler;
        this.period = period;
        this.task = task;
    }

    void arm() {
        next = scheduler.schedule(scheduler.untilNext(period), this::run);
    }

    private void run() {
        if (cancelled) {
            return;
        }
        try {
            task.run();
        } finally {
            if (!cancelled) {
                arm();
            }
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        Scheduler.Timer armed = next;
        if (armed != null) {
            armed.cancel();
        }
    }
}
