package dev.grapevine.proto.time;

import java.io.Serial;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * What waits for the workers of a node: first come, first served, but what is {@link Urgent} goes before all else. Bounded by those who
 * submit, as {@link Workers} says.
 */
public final class WorkerQueue extends LinkedBlockingDeque<Runnable> {
    @Serial
    private static final long serialVersionUID = 1;

    /** A task that somebody waits for with little patience. */
    interface Urgent extends Runnable {}

    @Override
    public boolean offer(Runnable task) {
        return task instanceof Urgent ? offerFirst(task) : offerLast(task);
    }
}
