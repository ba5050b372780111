package dev.grapevine.benchmarks.scenario;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The blocks of a scenario, held once for all peers: what is measured is gossip, not storage. Safe from any thread. Beyond
 * {@value #MAX_BYTES} bytes those that all peers have can no longer be read.
 */
final class SharedChain {
    private static final long MAX_BYTES = 300_000_000;

    private final List<ByteString> blocks = new ArrayList<>();
    private final List<LongSupplier> heights = new ArrayList<>();
    private int oldest;
    private long bytes;

    SharedChain(ByteString genesis) {
        add(genesis);
    }

    /** One more peer stores this chain, and has so many blocks of it. */
    synchronized void storedBy(LongSupplier height) {
        heights.add(height);
    }

    synchronized void add(ByteString block) {
        blocks.add(block);
        bytes += block.size();
        while (bytes > MAX_BYTES && oldest < lowest()) {
            bytes -= blocks.set(oldest, ByteString.EMPTY).size();
            oldest++;
        }
    }

    private long lowest() {
        return heights.stream().mapToLong(LongSupplier::getAsLong).min().orElse(0);
    }

    synchronized long height() {
        return blocks.size();
    }

    /** Blocks from {@code first} to before {@code end}, of which at least one and at most {@code maxBytes}. */
    synchronized List<ByteString> read(long first, long end, long maxBytes) {
        List<ByteString> found = new ArrayList<>();
        long size = 0;
        for (long number = Math.max(first, oldest); number < Math.min(end, blocks.size()); number++) {
            ByteString block = blocks.get((int) number);
            size += block.size();
            if (!found.isEmpty() && size > maxBytes) {
                break;
            }
            found.add(block);
        }
        return found;
    }
}
