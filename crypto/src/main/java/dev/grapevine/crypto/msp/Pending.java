package dev.grapevine.crypto.msp;

/** What the next slice brings. */
final class Pending {
    private Pending() {}

    @SafeVarargs
    static <T> T value(T... none) {
        if (none.length == 0) {
            throw new UnsupportedOperationException("comes with the next slice");
        }
        return none[0];
    }
}
