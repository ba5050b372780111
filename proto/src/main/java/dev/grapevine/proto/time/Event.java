package dev.grapevine.proto.time;

import org.jspecify.annotations.Nullable;

/** Something that a node of a {@link VirtualTime} will do. */
final class Event implements Scheduler.Timer {
    private final long due;
    private final VirtualTime.Node node;
    private @Nullable Runnable task;

    Event(long due, VirtualTime.Node node, Runnable task) {
        this.due = due;
        this.node = node;
        this.task = task;
    }

    long due() {
        return due;
    }

    VirtualTime.Node node() {
        return node;
    }

    /** What is to be done; null if it was called off. */
    @Nullable Runnable task() {
        return task;
    }

    @Override
    public void cancel() {
        task = null;
    }
}
