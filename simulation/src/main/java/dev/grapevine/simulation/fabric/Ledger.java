package dev.grapevine.simulation.fabric;

import java.util.BitSet;

/**
 * One peer's blocks: those that wait for their turn, and how many are durable. What waits is lost in a crash, what is durable is
 * not.
 */
final class Ledger {
    /** As long as the disks of other simulations take. */
    private static final long SYNC = 1_000_000;

    private final int peer;
    private final Timeline time;
    private final FabricObserver observer;
    private final BitSet waiting = new BitSet();
    private int height = 1;
    private boolean writing;

    /** A ledger with the first block of its channel, which every peer is given. */
    Ledger(int peer, Timeline time, FabricObserver observer) {
        this.peer = peer;
        this.time = time;
        this.observer = observer;
    }

    /** Number of durable blocks. */
    int height() {
        return height;
    }

    /** How many wait. */
    int waiting() {
        return waiting.cardinality();
    }

    /** Takes a block that came by gossip, unless it is too far ahead. */
    void offer(int number) {
        if (number - height < FabricLimits.BUFFERED_BLOCKS) {
            put(number);
        }
    }

    /** Takes a block that was asked for, however far ahead. */
    void put(int number) {
        if (number >= height) {
            waiting.set(number);
            write();
        }
    }

    private void write() {
        int end = waiting.nextClearBit(height);
        if (!writing && end > height) {
            writing = true;
            time.after(SYNC, peer, () -> written(end));
        }
    }

    private void written(int end) {
        writing = false;
        waiting.clear(height, end);
        while (height < end) {
            observer.committed(peer, height++);
        }
        write();
    }

    /** A peer that crashed finds only what is durable. */
    void reopen() {
        waiting.clear();
        writing = false;
    }
}
