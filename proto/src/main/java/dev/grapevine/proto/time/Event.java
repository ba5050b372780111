package dev.grapevine.proto.time;

import org.jspecify.annotations.Nullable;

/** Something that a node of a {@link VirtualTime} will do. */
final class Event implements Scheduler.Timer {
    private final long due;
    private final VirtualLoop loop;
    private @Nullable Runnable task;

    Event(long due, VirtualLoop loop, Runnable task) {
        this.due = due;
        this.loop = loop;
        this.task = task;
    }

    long due() {
        return due;
    }

    VirtualLoop loop() {
        return loop;
    }

    /** What is to be done; null if it was called off. */
    @Nullable
    Runnable task() {
        return task;
    }

    @Override
    public void cancel() {
        task = null;
    }
}
