package dev.grapevine.state.deliver;

import dev.grapevine.crypto.VerifiedBlock;

/** Where a deliver client's blocks go: the channel's payload buffer. On the loop only. */
public interface BlockSink {
    /** Number of the first block that is neither stored nor waiting to be stored: where a stream is to begin. */
    long next();

    /**
     * Takes a block. It may have come another way in the meantime.
     *
     * @param whenRoom to be run, now or later, when one more block is welcome; until then none is handed over
     */
    void add(VerifiedBlock block, Runnable whenRoom);
}
