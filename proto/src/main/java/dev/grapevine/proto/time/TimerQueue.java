package dev.grapevine.proto.time;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The timers of an {@link EventLoop}, soonest first and of equal times the oldest. Its methods are for the loop only. */
final class TimerQueue {
    private static final long NOT_ADDED = -1;

    private final TreeSet<Entry> entries = new TreeSet<>();
    private long added;

    /** A task and when it is due. May be made, and called off, by any thread. */
    static final class Entry implements Comparable<Entry> {
        private final long due;
        private long number = NOT_ADDED;
        private volatile @Nullable Runnable task;

        private Entry(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        void cancel() {
            task = null;
        }

        @Override
        public int compareTo(Entry other) {
            // As System.nanoTime() wants it: only differences mean anything.
            int byTime = Long.signum(due - other.due);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** @param due on the clock of {@link System#nanoTime()} */
    Entry entry(long due, Runnable task) {
        return new Entry(due, task);
    }

    void add(Entry entry) {
        entry.number = added++;
        if (entry.task != null) {
            entries.add(entry);
        }
    }

    void remove(Entry entry) {
        entries.remove(entry);
    }

    /** Takes the first task that is due and has not been called off; null if there is none. */
    @Nullable
    Runnable poll(long now) {
        while (!entries.isEmpty() && entries.first().due - now <= 0) {
            Runnable task = entries.pollFirst().task;
            if (task != null) {
                return task;
            }
        }
        return null;
    }

    /** Nanoseconds until the first is due, 0 or less if it is; {@link Long#MAX_VALUE} if there is none. */
    long untilNext(long now) {
        return entries.isEmpty() ? Long.MAX_VALUE : entries.first().due - now;
    }
}
