package dev.grapevine.channel;

import dev.grapevine.comm.ReceivedMessage;

/** One hold on a link for many pieces of work: the link goes on when the last is done. */
final class Holds {
    private final Runnable release;
    private int open = 1;

    private Holds(Runnable release) {
        this.release = release;
    }

    /** Holds the link of a message; the caller itself is the first to {@link #release}. */
    static Holds on(ReceivedMessage received) {
        return new Holds(received.hold());
    }

    /** One more piece of work. */
    void add() {
        open++;
    }

    /** One piece of work is done. */
    void release() {
        if (--open == 0) {
            release.run();
        }
    }
}
