package dev.grapevine.discovery.liveness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Rumours that still have to be passed on, the least told first (memberlist's transmit-limited queue). Each is told a limited
 * number of times; newer word of a peer drops what it supersedes. When it is full the most told goes.
 */
final class BroadcastQueue {
    /** Bytes that a rumour takes in a message besides its own. */
    static final int OVERHEAD = 6;

    private static final Comparator<Entry> LEAST_TOLD =
            Comparator.comparingInt((Entry entry) -> entry.told).thenComparing(entry -> -entry.number);

    /** Rounds for each time it is told, after which a rumour that hardly anybody may hear goes too. */
    private static final int OFFERS = 8;

    private final int capacity;
    private final Runnable dropped;
    private final List<Entry> entries = new ArrayList<>();
    private long next;

    private static final class Entry {
        private final Rumour rumour;
        private final long number;
        private int told;
        private int offered;

        Entry(Rumour rumour, long number) {
            this.rumour = rumour;
            this.number = number;
        }
    }

    /**
     * @param capacity in rumours
     * @param dropped counts those that were given up for want of room
     */
    BroadcastQueue(int capacity, Runnable dropped) {
        this.capacity = capacity;
        this.dropped = dropped;
    }

    void add(Rumour rumour) {
        entries.removeIf(entry -> entry.rumour.isSupersededBy(rumour));
        entries.add(new Entry(rumour, next++));
        if (entries.size() > capacity) {
            entries.sort(LEAST_TOLD);
            entries.remove(entries.size() - 1);
            dropped.run();
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    /**
     * What to tell one peer now; each counts as told once more, and goes after the last time.
     *
     * @param bytes that all of them may take
     * @param transmissions how often each is told
     * @param forReceiver which of them the receiver may hear
     */
    List<Rumour> take(int bytes, int transmissions, Predicate<Rumour> forReceiver) {
        List<Rumour> taken = new ArrayList<>();
        int room = bytes;
        entries.sort(LEAST_TOLD);
        for (Entry entry : entries) {
            entry.offered++;
            int size = entry.rumour.statement().size() + OVERHEAD;
            if (size <= room && forReceiver.test(entry.rumour)) {
                room -= size;
                entry.told++;
                taken.add(entry.rumour);
            }
        }
        entries.removeIf(entry -> entry.told >= transmissions || entry.offered >= OFFERS * transmissions);
        return taken;
    }
}
