package dev.grapevine.simulation.fabric;

import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;

/** The time of the model, and what is to happen in it. What a peer plans is forgotten when it crashes. */
final class Timeline {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final VirtualTime world;
    private final VirtualTime.Node events;
    private final Roster roster;

    Timeline(VirtualTime world, Roster roster) {
        this.world = world;
        this.events = world.newNode();
        this.roster = roster;
    }

    /** Nanoseconds since the simulation began. */
    long now() {
        return world.nanoTime();
    }

    /** The same in milliseconds, never 0: in tables that is nothing. */
    int millis() {
        return millis(now());
    }

    static int millis(long nanos) {
        return 1 + (int) (nanos / NANOS_PER_MILLI);
    }

    /** Nanoseconds as milliseconds. */
    static int inMillis(long nanos) {
        return (int) (nanos / NANOS_PER_MILLI);
    }

    /** Has something happen that no crash prevents. */
    void after(long nanos, Runnable task) {
        events.schedule(Duration.ofNanos(nanos), task);
    }

    /** Has a peer do something, unless it has crashed until then. */
    void after(long nanos, int peer, Runnable task) {
        int life = roster.life(peer);
        after(nanos, () -> {
            if (roster.isIn(peer, life)) {
                task.run();
            }
        });
    }

    /** Has a peer do something again and again until it crashes; the first time after one period. */
    void every(long period, int peer, Runnable task) {
        after(period, peer, () -> {
            task.run();
            every(period, peer, task);
        });
    }
}
