package dev.grapevine.state;

import java.util.BitSet;
import java.util.Optional;

/** Which blocks of a short stretch are neither here nor on their way. */
final class MissingBlocks {
    private final long first;
    private final int length;
    private final BitSet present = new BitSet();

    /** All of {@code length} blocks from {@code first} on are missing, until said otherwise. */
    MissingBlocks(long first, int length) {
        this.first = first;
        this.length = length;
    }

    /** This block is not missing. Numbers outside the stretch do not matter. */
    void without(long number) {
        long offset = number - first;
        if (Long.compareUnsigned(offset, length) < 0) {
            present.set((int) offset);
        }
    }

    /** These blocks are not missing. */
    void without(BlockRange range) {
        long from = Long.compareUnsigned(range.first(), first) < 0 ? 0 : range.first() - first;
        if (Long.compareUnsigned(range.last(), first) < 0 || Long.compareUnsigned(from, length) >= 0) {
            return;
        }
        long to = range.last() - first;
        present.set((int) from, Long.compareUnsigned(to, length) < 0 ? (int) to + 1 : length);
    }

    /** The first run of missing blocks, up to the next one that is here; empty when nothing is missing. */
    Optional<BlockRange> firstRun() {
        int start = present.nextClearBit(0);
        if (start >= length) {
            return Optional.empty();
        }
        int end = present.nextSetBit(start);
        return Optional.of(new BlockRange(first + start, first + (end < 0 ? length : Math.min(end, length)) - 1));
    }
}
