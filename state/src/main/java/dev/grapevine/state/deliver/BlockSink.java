package dev.grapevine.state.deliver;

import dev.grapevine.crypto.VerifiedBlock;

/** Where a deliver client's blocks go: the channel's payload buffer. On the loop only. */
public interface BlockSink {
    /** A stream is about to be opened: number of the first block that is neither here nor on its way from elsewhere. */
    long next();

    /** Whether block {@code number}, the next of the stream, is better left out, and the stream opened anew at {@link #next}. */
    default boolean skips(long number) {
        return false;
    }

    /** Nothing more comes of the stream that was opened. */
    default void ended() {}

    /**
     * Takes a block. It may have come another way in the meantime.
     *
     * @param whenRoom to be run, now or later, when one more block is welcome; until then none is handed over
     */
    void add(VerifiedBlock block, Runnable whenRoom);
}
