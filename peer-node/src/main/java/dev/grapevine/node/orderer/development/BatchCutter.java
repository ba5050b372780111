package dev.grapevine.node.orderer.development;

import dev.grapevine.crypto.config.OrdererSection.BatchLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * Groups transactions into blocks as Fabric's orderers do: a batch is full at the maximal count, or when one more would exceed
 * the preferred size; a transaction larger than that gets a block of its own. Time is the caller's business.
 */
final class BatchCutter {
    private final List<Pending> batch = new ArrayList<>();
    private long bytes;

    /** Adds a transaction; returns the batches that are complete now, in their order: none, one or two. */
    List<List<Pending>> add(Pending transaction, BatchLimits limits) {
        List<List<Pending>> complete = new ArrayList<>();
        boolean alone = transaction.size() > limits.preferredMaxBytes();
        if (!batch.isEmpty() && (alone || bytes + transaction.size() > limits.preferredMaxBytes())) {
            complete.add(cut());
        }
        batch.add(transaction);
        bytes += transaction.size();
        if (alone || batch.size() >= limits.maxMessages()) {
            complete.add(cut());
        }
        return complete;
    }

    boolean isEmpty() {
        return batch.isEmpty();
    }

    /** Takes what has come together so far. */
    List<Pending> cut() {
        List<Pending> taken = List.copyOf(batch);
        batch.clear();
        bytes = 0;
        return taken;
    }
}
