package dev.grapevine.proto.time;

/**
 * Decides between events of one time. Where nodes number their events apart, that does not depend on how the nodes are divided
 * among threads.
 */
final class Numbers {
    private static final int EACH = 40;

    private long next;

    /**
     * @param series from 0 on; each has 2<sup>40</sup> numbers, and those of the lower one go first
     */
    Numbers(long series) {
        this.next = series << EACH;
    }

    long next() {
        return next++;
    }
}
