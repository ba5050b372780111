package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.Distribution;
import dev.grapevine.benchmarks.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * When each block reached each peer, verified, and when it was committed there: nanoseconds of {@link System#nanoTime}. Filled
 * by the peers' loops.
 */
final class Arrivals {
    private static final double NANOS_PER_MILLI = 1e6;

    private final int capacity;
    private final List<AtomicLongArray> delivered = new ArrayList<>();
    private final List<AtomicLongArray> committed = new ArrayList<>();
    private final List<AtomicLongArray> transferred = new ArrayList<>();

    /** @param capacity the height up to which it looks */
    Arrivals(List<ScenarioPeer> peers, int capacity) {
        this.capacity = capacity;
        peers.forEach(this::watch);
    }

    private void watch(ScenarioPeer peer) {
        AtomicLongArray arrived = new AtomicLongArray(capacity);
        AtomicLongArray stored = new AtomicLongArray(capacity);
        delivered.add(arrived);
        AtomicLongArray byTransfer = new AtomicLongArray(capacity);
        committed.add(stored);
        transferred.add(byTransfer);
        peer.onArrival(block -> note(arrived, block.number()));
        peer.onCommit(block -> {
            if (note(arrived, block.number())) {
                note(byTransfer, block.number());
            }
            note(stored, block.number());
        });
    }

    /** Notes the first time; whether this was it. */
    private static boolean note(AtomicLongArray times, long number) {
        return number < times.length() && times.compareAndSet((int) number, 0, System.nanoTime());
    }

    boolean committedEverywhere(long number) {
        return committed.stream().allMatch(peer -> peer.get((int) number) != 0);
    }

    /** When the peer of this index committed the block; 0 if it has not. */
    long commit(int peer, long number) {
        return committed.get(peer).get((int) number);
    }

    /** How many blocks from {@code first} on all peers have. */
    long committedByAll(long first, long end) {
        return LongStream.range(first, end).takeWhile(this::committedEverywhere).count();
    }

    /** Milliseconds from the injection of each block to its arrival at each peer but the first; those that never came are left out. */
    Distribution deliveries(long first, long[] injected) {
        return latencies(delivered, first, injected);
    }

    /** The same to its commit. */
    Distribution commits(long first, long[] injected) {
        return latencies(committed, first, injected);
    }

    private static Distribution latencies(List<AtomicLongArray> times, long first, long[] injected) {
        return new Distribution(IntStream.range(0, injected.length)
                .boxed()
                .flatMapToDouble(index -> times.stream()
                        .skip(1)
                        .mapToLong(peer -> peer.get((int) first + index))
                        .filter(time -> time != 0)
                        .mapToDouble(time -> (time - injected[index]) / NANOS_PER_MILLI))
                .toArray());
    }

    /**
     * Which way blocks came to the peers but the first, each pair of a block and a peer counted once.
     *
     * @param pulled of them, by the peers' own count
     */
    Figures firstPaths(long first, int blocks, long pulled) {
        long never = 0;
        long state = 0;
        for (int peer = 1; peer < delivered.size(); peer++) {
            for (int block = (int) first; block < first + blocks; block++) {
                never += delivered.get(peer).get(block) == 0 ? 1 : 0;
                state += transferred.get(peer).get(block) != 0 ? 1 : 0;
            }
        }
        long pairs = (delivered.size() - 1L) * blocks;
        return new Figures()
                .with("push", pairs - pulled - state - never)
                .with("pull", pulled)
                .with("state", state)
                .with("never", never);
    }

    /** Milliseconds from the injection of each block to its arrival at the last peer, of those that came everywhere. */
    Distribution lastPeer(long first, long[] injected) {
        return new Distribution(IntStream.range(0, injected.length)
                .filter(index -> delivered.stream().allMatch(peer -> peer.get((int) first + index) != 0))
                .mapToDouble(index -> delivered.stream()
                        .skip(1)
                        .mapToDouble(peer -> (peer.get((int) first + index) - injected[index]) / NANOS_PER_MILLI)
                        .max()
                        .orElse(0))
                .toArray());
    }
}
