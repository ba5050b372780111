package dev.grapevine.simulation.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * How long blocks take from the moment they are ordered until they are durable at each peer, and at the last. Peers that a
 * fault keeps from taking part do not count until they have caught up; how long that takes is measured instead.
 *
 * @param <P> a peer
 */
final class Delivery<P> {
    private final Supplier<Duration> clock;
    private final Disturbed<P> disturbed;
    private final Times each = new Times();
    private final Times recoveries = new Times();
    private final List<Block> blocks = new ArrayList<>();
    private long first;

    private static final class Block {
        private final long ordered;
        private long last;

        Block(long ordered) {
            this.ordered = ordered;
            this.last = ordered;
        }
    }

    Delivery(Supplier<Duration> clock, Disturbed<P> disturbed) {
        this.clock = clock;
        this.disturbed = disturbed;
        this.first = Long.MAX_VALUE;
    }

    /** The block of this number is being ordered. */
    void ordered(long number) {
        first = Math.min(first, number);
        blocks.add(new Block(clock.get().toNanos()));
    }

    /** A block has become durable at an honest peer. */
    void committed(P peer, long number) {
        if (number < first) {
            return;
        }
        int index = (int) (number - first);
        long now = clock.get().toNanos();
        if (!disturbed.isDisturbed(peer)) {
            Block taken = blocks.get(index);
            taken.last = Math.max(taken.last, now);
            each.add(now - taken.ordered);
        } else if (index == blocks.size() - 1) {
            disturbed.caughtUp(peer).ifPresent(recoveries::add);
        }
    }

    /** How many blocks were ordered. */
    int blocks() {
        return blocks.size();
    }

    /** From ordered to durable, over all blocks and peers, in nanoseconds. */
    long[] times() {
        return each.toArray();
    }

    /** From ordered to durable at the last peer, for each block, in nanoseconds. */
    long[] lastTimes() {
        return blocks.stream().mapToLong(block -> block.last - block.ordered).toArray();
    }

    /** From the end of a fault until a peer had everything. */
    Percentiles recoveries() {
        return Percentiles.ofNanos(recoveries.toArray());
    }
}
