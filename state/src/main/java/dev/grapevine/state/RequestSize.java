package dev.grapevine.state;

/**
 * How many blocks to ask for at once, from the sizes seen so far: responses must stay far below the largest message (100 MiB)
 * and all that is on its way must fit in memory. A response that never came may have been too large, so the next ones are
 * asked to be smaller.
 */
final class RequestSize {
    private static final long RESPONSE_BYTES = 8L << 20;
    private static final long FIRST_GUESS = 64L << 10;
    private static final int MAX_CAUTION = 4;

    private final int longest;
    private final int widest;
    private final long memory;
    private long meanBytes = FIRST_GUESS;
    private int caution;

    /**
     * @param longest blocks in one request
     * @param widest blocks ahead of the chain
     * @param memory bytes that may be on their way or waiting
     */
    RequestSize(int longest, int widest, long memory) {
        this.longest = longest;
        this.widest = widest;
        this.memory = memory;
    }

    /** A response of {@code blocks} blocks came. */
    void arrived(int blocks, long bytes) {
        meanBytes = Math.max(1, (3 * meanBytes + bytes / blocks) / 4);
        caution = 0;
    }

    /** A response did not come in time. */
    void missed() {
        caution = Math.min(MAX_CAUTION, caution + 1);
    }

    /** Blocks to ask for in one request. */
    int length() {
        return Math.max(1, (int) Math.min(longest, RESPONSE_BYTES / meanBytes) >> caution);
    }

    /** How far ahead of the chain to ask, in blocks. */
    int window() {
        return (int) Math.max(1, Math.min(widest, memory / meanBytes));
    }
}
