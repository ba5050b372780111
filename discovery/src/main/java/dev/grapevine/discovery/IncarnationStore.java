package dev.grapevine.discovery;

/**
 * Remembers the incarnation we used last, so that a clock that was set back does not make everybody take our new messages
 * for old ones (Fabric peers do for up to 1000 s). Called on the loop, at start and hardly ever again.
 */
public interface IncarnationStore {
    /** The last one saved, an unsigned number; 0 if there was none. */
    long last();

    /** Keeps an incarnation durably before it is used. */
    void save(long incarnation);

    /**
     * An incarnation for a fresh start of anything whose messages carry one: beyond every one used before, and kept before it
     * is used.
     *
     * @param wallNanos the wall clock, in nanoseconds since the epoch
     */
    default long next(long wallNanos) {
        long last = last();
        long next = Long.compareUnsigned(wallNanos, last) > 0 ? wallNanos : last + 1;
        save(next);
        return next;
    }

    /** One that lasts as long as this object. */
    static IncarnationStore inMemory() {
        return new IncarnationStore() {
            private long kept;

            @Override
            public long last() {
                return kept;
            }

            @Override
            public void save(long incarnation) {
                kept = incarnation;
            }
        };
    }
}
