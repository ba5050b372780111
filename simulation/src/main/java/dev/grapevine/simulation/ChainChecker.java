package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.VerifiedBlock;

/**
 * Watches every commit of a peer: in order, none twice, none left out, and nothing but what was ordered; and nothing that
 * was acknowledged is gone after a restart. Ends the run where one of it is broken.
 */
final class ChainChecker {
    private final String peer;
    private final SimulatedOrdering ordering;
    private long height;

    ChainChecker(String peer, SimulatedOrdering ordering) {
        this.peer = peer;
        this.ordering = ordering;
    }

    /** The peer has opened its ledger. */
    void opened(long found) {
        require(found >= height, peer + " has forgotten blocks: " + found + " of " + height);
        height = found;
    }

    /** The peer has lost its disk. */
    void forgotten() {
        height = 0;
    }

    /** The peer says that a block is durable. */
    void committed(VerifiedBlock block) {
        require(block.number() == height, peer + " has height " + height + " and commits " + block);
        ByteString ordered = ordering.hash(block.number());
        require(ordered.equals(block.headerHash()), peer + " commits another block than was ordered: " + block);
        height++;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
