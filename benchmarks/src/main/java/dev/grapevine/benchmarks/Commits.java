package dev.grapevine.benchmarks;

import dev.grapevine.benchmarks.network.Material;
import dev.grapevine.node.GossipPeer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** When each peer of a network had committed each block: nanoseconds of {@link System#nanoTime}. Filled by the peers' loops. */
final class Commits {
    private final List<AtomicLongArray> times;

    /** Watches peers from now on, for blocks below {@code height}. */
    Commits(List<GossipPeer> peers, int height) {
        this.times = peers.stream().map(peer -> watch(peer, height)).toList();
    }

    private static AtomicLongArray watch(GossipPeer peer, int height) {
        AtomicLongArray committed = new AtomicLongArray(height);
        peer.onCommit(
                Material.CHANNEL,
                Runnable::run,
                block -> committed.set((int) block.getHeader().getNumber(), System.nanoTime()));
        return committed;
    }

    /** Whether all of them have it. */
    boolean everywhere(long number) {
        return times.stream().allMatch(peer -> peer.get((int) number) != 0);
    }

    /** When one of them had it; 0 if it has not. */
    long at(int peer, long number) {
        return times.get(peer).get((int) number);
    }

    /** When the last of them had it. */
    long last(long number) {
        return times.stream().mapToLong(peer -> peer.get((int) number)).max().orElseThrow();
    }
}
