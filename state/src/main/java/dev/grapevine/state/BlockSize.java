package dev.grapevine.state;

/** The size of the blocks seen lately: it turns bounds in bytes into numbers of blocks. */
final class BlockSize {
    /** Rather too large: the first answers tell, and until then too much must not be asked for. */
    private static final long FIRST_GUESS = 512L << 10;

    private long mean = FIRST_GUESS;
    private boolean known;

    /** An answer of {@code blocks} blocks came. */
    void seen(int blocks, long bytes) {
        long sample = Math.max(1, bytes / blocks);
        mean = known ? (3 * mean + sample) / 4 : sample;
        known = true;
    }

    /** Bytes of a block. */
    long mean() {
        return mean;
    }

    /** How many blocks make up {@code bytes}; at least 1, at most {@code most}. */
    int blocksIn(long bytes, int most) {
        return (int) Math.max(1, Math.min(most, bytes / mean));
    }
}
