package dev.grapevine.simulation.fabric;

import java.util.BitSet;

/** The blocks a peer keeps for gossip: those within ten of the newest. What is further behind is too old, needed or not. */
final class BlockStore {
    private final BitSet blocks = new BitSet();
    private int newest = -1;

    /** Whether a block would be taken. */
    boolean isNew(int number) {
        return !blocks.get(number) && newest - number <= FabricLimits.STORED_BLOCKS;
    }

    /** Takes a block; false if it is there already or too old. */
    boolean add(int number) {
        if (!isNew(number)) {
            return false;
        }
        blocks.set(number);
        newest = Math.max(newest, number);
        blocks.clear(0, Math.max(0, newest - FabricLimits.STORED_BLOCKS));
        return true;
    }

    boolean has(int number) {
        return blocks.get(number);
    }

    int[] numbers() {
        return blocks.stream().toArray();
    }
}
