package dev.grapevine.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Blocks that depend on a configuration which is still to be applied. When the bytes are used up, the block with the highest
 * number goes: it is the one that is needed last.
 */
final class PrematureBlocks {
    private static final Comparator<ClaimedBlock.Name> ORDER = Comparator.comparing(
                    ClaimedBlock.Name::number, Long::compareUnsigned)
            .thenComparing(name -> name.headerHash().asReadOnlyByteBuffer());

    private final long maxBytes;
    private final TreeMap<ClaimedBlock.Name, ClaimedBlock> held = new TreeMap<>(ORDER);
    private long bytes;

    PrematureBlocks(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean contains(ClaimedBlock.Name name) {
        return held.containsKey(name);
    }

    /** Holds a block; returns how many had to go for it, itself perhaps among them. */
    int hold(ClaimedBlock block) {
        if (held.putIfAbsent(block.name(), block) == null) {
            bytes += block.message().size();
        }
        int gone = 0;
        while (bytes > maxBytes) {
            bytes -= held.pollLastEntry().getValue().message().size();
            gone++;
        }
        return gone;
    }

    /** Hands out everything, in the order of the numbers. */
    List<ClaimedBlock> takeAll() {
        List<ClaimedBlock> all = new ArrayList<>(held.values());
        held.clear();
        bytes = 0;
        return all;
    }

    long bytes() {
        return bytes;
    }
}
