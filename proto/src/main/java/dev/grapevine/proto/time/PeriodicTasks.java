package dev.grapevine.proto.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tasks that run again and again until all of them are stopped. */
public final class PeriodicTasks {
    private final Scheduler scheduler;
    private final List<Scheduler.Timer> timers = new ArrayList<>();

    public PeriodicTasks(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Runs a task from now on, the first time after one period. */
    public void every(Duration period, Runnable task) {
        timers.add(scheduler.every(period, task));
    }

    /** Ends all of them. */
    public void stop() {
        timers.forEach(Scheduler.Timer::cancel);
        timers.clear();
    }
}
