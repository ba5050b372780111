package dev.grapevine.proto.time;

import java.util.ArrayDeque;

/**
 * What the workers of a node in virtual time have to do. When one of them will be done is known as soon as something is given to them;
 * which piece it will be done with is not, since what is urgent goes before what waits.
 */
final class VirtualWorkers {
    private final long duration;
    private final long[] busyUntil;
    private final ArrayDeque<Runnable> pieces = new ArrayDeque<>();

    /**
     * @param duration nanoseconds that a piece of work takes
     * @param count of workers, each with one piece at a time; 0: as many as there is work
     */
    VirtualWorkers(long duration, int count) {
        this.duration = duration;
        this.busyUntil = new long[count];
    }

    /**
     * Takes one more piece, for one {@link #finish} more.
     *
     * @return nanoseconds until the worker that is free first would be done with it
     */
    long take(Runnable piece, boolean first, long now) {
        if (first && busyUntil.length > 0) {
            addBeforeWaiting(piece);
        } else {
            pieces.addLast(piece);
        }
        return untilFree(now) + duration;
    }

    /** What has been begun is not interrupted. */
    private void addBeforeWaiting(Runnable piece) {
        ArrayDeque<Runnable> begun = new ArrayDeque<>();
        while (begun.size() < busyUntil.length && !pieces.isEmpty()) {
            begun.push(pieces.poll());
        }
        pieces.addFirst(piece);
        begun.forEach(pieces::addFirst);
    }

    private long untilFree(long now) {
        if (busyUntil.length == 0) {
            return 0;
        }
        int free = 0;
        for (int worker = 1; worker < busyUntil.length; worker++) {
            free = busyUntil[worker] < busyUntil[free] ? worker : free;
        }
        long from = Math.max(now, busyUntil[free]);
        busyUntil[free] = from + duration;
        return from - now;
    }

    /** A worker is done with a piece. */
    void finish() {
        pieces.remove().run();
    }
}
