package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.VerifiedBlock;
import java.util.Map;
import java.util.TreeMap;

/**
 * Watches every commit of every peer: in order, none twice, none left out, and nothing but what was ordered; and nothing that
 * was acknowledged is gone after a restart. Ends the run where one of it is broken.
 */
final class ChainChecker {
    private final SimulatedOrdering ordering;
    private final Map<String, Long> heights = new TreeMap<>();

    ChainChecker(SimulatedOrdering ordering) {
        this.ordering = ordering;
    }

    /** A peer has opened its ledger. */
    void opened(String peer, long height) {
        long acknowledged = heights.getOrDefault(peer, 0L);
        require(height >= acknowledged, peer + " has forgotten blocks: " + height + " of " + acknowledged);
        heights.put(peer, height);
    }

    /** A peer has lost its disk. */
    void forgotten(String peer) {
        heights.remove(peer);
    }

    /** A peer says that a block is durable. */
    void committed(String peer, VerifiedBlock block) {
        long height = heights.getOrDefault(peer, 0L);
        require(block.number() == height, peer + " has height " + height + " and commits " + block);
        ByteString ordered = ordering.hash(block.number());
        require(ordered.equals(block.headerHash()), peer + " commits another block than was ordered: " + block);
        heights.put(peer, height + 1);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
