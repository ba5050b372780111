package dev.grapevine.state;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongPredicate;

/** Which blocks of a short stretch are neither here nor on their way. */
final class MissingBlocks {
    private final long first;
    private final int length;
    private final BitSet here = new BitSet();

    /** All of {@code length} blocks from {@code first} on are missing, until said otherwise. */
    MissingBlocks(long first, int length) {
        this.first = first;
        this.length = length;
    }

    MissingBlocks without(LongPredicate present) {
        for (int offset = here.nextClearBit(0); offset < length; offset = here.nextClearBit(offset + 1)) {
            here.set(offset, present.test(first + offset));
        }
        return this;
    }

    MissingBlocks without(BlockRange range) {
        return without(range::contains);
    }

    /** What is missing, in order, cut into ranges of at most {@code maxLength} blocks. */
    List<BlockRange> ranges(int maxLength) {
        List<BlockRange> ranges = new ArrayList<>();
        int start = here.nextClearBit(0);
        while (start < length) {
            int present = here.nextSetBit(start);
            int end = Math.min(present < 0 ? length : present, Math.min(length, start + maxLength));
            ranges.add(new BlockRange(first + start, first + end - 1));
            start = here.nextClearBit(end);
        }
        return ranges;
    }
}
