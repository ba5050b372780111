package dev.grapevine.crypto.msp;

/** What the next slice brings. */
final class Pending {
    private Pending() {}

    static <T> T value() {
        throw new UnsupportedOperationException("comes with the next slice");
    }
}
