package dev.grapevine.simulation.fabric;

/** What each peer has of the channel's blocks, to gossip and to keep. */
final class Chains {
    private final BlockStore[] stores;
    private final Ledger[] ledgers;
    private final int blockBytes;

    /** @param blockBytes of each block's content */
    Chains(int size, Timeline time, FabricObserver observer, int blockBytes) {
        this.stores = new BlockStore[size];
        this.ledgers = new Ledger[size];
        this.blockBytes = blockBytes;
        for (int peer = 0; peer < size; peer++) {
            stores[peer] = new BlockStore();
            ledgers[peer] = new Ledger(peer, time, observer);
        }
    }

    /** A peer starts with an empty store, and with what is durable. */
    void start(int peer) {
        stores[peer] = new BlockStore();
        ledgers[peer].reopen();
    }

    BlockStore store(int peer) {
        return stores[peer];
    }

    Ledger ledger(int peer) {
        return ledgers[peer];
    }

    int height(int peer) {
        return ledgers[peer].height();
    }

    /** Bytes of a frame with so many blocks. */
    int frame(int blocks) {
        return FrameSizes.blocks(blocks, blockBytes);
    }
}
