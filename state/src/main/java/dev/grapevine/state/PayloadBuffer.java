package dev.grapevine.state;

import dev.grapevine.crypto.VerifiedBlock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Verified blocks that wait for their turn (Fabric's payload buffer). Numbers are unsigned 64-bit.
 *
 * <p>Holds at most {@code capacity} blocks, those from {@link #next} on, and about {@code maxBytes}. When the bytes are used up a
 * nearer block displaces the farthest ones, and the next block always gets in: a full buffer can never wait for ever.
 */
final class PayloadBuffer {
    /** What became of a block. */
    enum Push {
        ADDED,
        /** It has gone to the ledger already. */
        OLD,
        DUPLICATE,
        TOO_FAR_AHEAD,
        /** The bytes are used up by nearer blocks. */
        FULL
    }

    private final TreeMap<Long, VerifiedBlock> blocks = new TreeMap<>(Long::compareUnsigned);
    private final int capacity;
    private final long maxBytes;
    private final Runnable onEviction;
    private long next;
    private long bytes;

    /** @param onEviction told each time a held block is given up for nearer ones */
    PayloadBuffer(long next, int capacity, long maxBytes, Runnable onEviction) {
        this.next = next;
        this.capacity = capacity;
        this.maxBytes = maxBytes;
        this.onEviction = onEviction;
    }

    /** Number of the block the chain needs next. */
    long next() {
        return next;
    }

    int size() {
        return blocks.size();
    }

    long bytes() {
        return bytes;
    }

    int capacity() {
        return capacity;
    }

    boolean holds(long number) {
        return blocks.containsKey(number);
    }

    /** Passes on the numbers of all blocks held, in order. */
    void forEach(LongConsumer receiver) {
        blocks.keySet().forEach(receiver::accept);
    }

    /** One past the farthest block held; {@link #next} when there is none. */
    long end() {
        return blocks.isEmpty() ? next : blocks.lastKey() + 1;
    }

    /** Whether a block fits without displacing another; the next block always does. */
    boolean hasBytesFor(VerifiedBlock block) {
        return block.number() == next || hasBytes(block.bytes().size());
    }

    /** Whether this many more bytes fit. */
    boolean hasBytes(long more) {
        return bytes + more <= maxBytes;
    }

    /** Whether three quarters of the bytes are free. */
    boolean isMostlyFree() {
        return bytes <= maxBytes / 4;
    }

    /** What {@link #push} would say, except that it may still find the buffer full. */
    Push judge(long number) {
        if (Long.compareUnsigned(number, next) < 0) {
            return Push.OLD;
        }
        if (Long.compareUnsigned(number - next, capacity) >= 0) {
            return Push.TOO_FAR_AHEAD;
        }
        return blocks.containsKey(number) ? Push.DUPLICATE : Push.ADDED;
    }

    Push push(VerifiedBlock block) {
        Push judgement = judge(block.number());
        if (judgement != Push.ADDED) {
            return judgement;
        }
        makeRoomFor(block);
        if (!hasBytesFor(block)) {
            return Push.FULL;
        }
        blocks.put(block.number(), block);
        bytes += block.bytes().size();
        return Push.ADDED;
    }

    private void makeRoomFor(VerifiedBlock block) {
        while (bytes + block.bytes().size() > maxBytes && !blocks.isEmpty()) {
            Map.Entry<Long, VerifiedBlock> farthest = blocks.lastEntry();
            if (Long.compareUnsigned(farthest.getKey(), block.number()) < 0) {
                return;
            }
            remove(farthest.getKey());
            onEviction.run();
        }
    }

    /** The next block of the chain, if it is here: the buffer is ready. */
    @Nullable
    VerifiedBlock peek() {
        return blocks.get(next);
    }

    /** Gives the next block away for good and goes on to the one after it. */
    void pop() {
        remove(next);
        next++;
    }

    /** Puts another verification of the next block in its place. */
    void replaceNext(VerifiedBlock block) {
        remove(next);
        blocks.put(next, block);
        bytes += block.bytes().size();
    }

    /** Forgets the next block: it turned out to be bad and is needed again. */
    void dropNext() {
        remove(next);
    }

    private void remove(long number) {
        VerifiedBlock removed = blocks.remove(number);
        if (removed == null) {
            throw new IllegalStateException("block " + Long.toUnsignedString(number) + " is not in the buffer");
        }
        bytes -= removed.bytes().size();
    }
}
