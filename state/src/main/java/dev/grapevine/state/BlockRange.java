package dev.grapevine.state;

/**
 * Consecutive blocks, both ends included. Numbers are unsigned 64-bit.
 *
 * @param first number of the first block
 * @param last number of the last block, not below {@code first}
 */
record BlockRange(long first, long last) {
    BlockRange {
        if (Long.compareUnsigned(first, last) > 0) {
            throw new IllegalArgumentException("no range: " + text(first, last));
        }
    }

    /** How many blocks; only asked of ranges that are short. */
    int length() {
        return Math.toIntExact(last - first + 1);
    }

    boolean contains(long number) {
        return Long.compareUnsigned(number - first, last - first) <= 0;
    }

    @Override
    public String toString() {
        return text(first, last);
    }

    private static String text(long first, long last) {
        return Long.toUnsignedString(first) + ".." + Long.toUnsignedString(last);
    }
}
