package dev.grapevine.simulation.run;

import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import java.util.ArrayList;
import java.util.List;

/**
 * How long blocks take from the moment they are ordered until they are durable at each peer, and at the last. Peers that a
 * fault keeps from taking part do not count until they have caught up; how long that takes is measured instead.
 */
final class Delivery {
    private final SimulatedNetwork network;
    private final Disturbed disturbed;
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

    Delivery(SimulatedNetwork network, Disturbed disturbed) {
        this.network = network;
        this.disturbed = disturbed;
        this.first = Long.MAX_VALUE;
    }

    /** A block is being ordered. */
    void ordered() {
        first = Math.min(first, network.ordered());
        blocks.add(new Block(network.now().toNanos()));
    }

    void committed(SimulatedPeer peer, VerifiedBlock block) {
        int index = (int) (block.number() - first);
        long now = network.now().toNanos();
        if (block.number() < first || peer.isByzantine()) {
            return;
        }
        if (!disturbed.isDisturbed(peer)) {
            Block taken = blocks.get(index);
            taken.last = Math.max(taken.last, now);
            each.add(now - taken.ordered);
        } else if (block.number() == network.ordered() - 1) {
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
