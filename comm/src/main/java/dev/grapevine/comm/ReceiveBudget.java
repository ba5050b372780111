package dev.grapevine.comm;

import java.util.LinkedHashSet;
import java.util.Set;

/** The bytes of received messages that are in work in the whole node, and the links that wait until they are fewer. */
final class ReceiveBudget {
    private final long limit;
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    private long inWork;

    ReceiveBudget(long limit) {
        this.limit = limit;
    }

    void take(int bytes) {
        inWork += bytes;
    }

    /** Gives bytes back, and lets those that waited for it try again, in the order in which they came. */
    void release(int bytes) {
        inWork -= bytes;
        while (hasRoom() && !waiting.isEmpty()) {
            Runnable first = waiting.iterator().next();
            waiting.remove(first);
            first.run();
        }
    }

    boolean hasRoom() {
        return inWork < limit;
    }

    /** Runs {@code resume} once there is room. */
    void await(Runnable resume) {
        waiting.add(resume);
    }

    void forget(Runnable resume) {
        waiting.remove(resume);
    }
}
