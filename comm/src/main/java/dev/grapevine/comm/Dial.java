package dev.grapevine.comm;

import org.jspecify.annotations.Nullable;

/** What we do to reach one peer: the attempt that is under way, or the memory that the last ones failed. */
final class Dial {
    private final RemotePeer peer;
    private final OutboundQueue waiting;
    private @Nullable Object attempt;
    private int failures;
    private int quickEnds;
    private long quietUntil;

    Dial(RemotePeer peer, OutboundQueue waiting) {
        this.peer = peer;
        this.waiting = waiting;
    }

    RemotePeer peer() {
        return peer;
    }

    /** What is to be sent once there is a link. */
    OutboundQueue waiting() {
        return waiting;
    }

    /** Begins an attempt and gives the token by which its outcome is recognised. */
    Object begin() {
        attempt = new Object();
        return attempt;
    }

    boolean isRunning() {
        return attempt != null;
    }

    /** Whether an outcome belongs to the attempt that is under way, and not to one that was called off. */
    boolean isCurrent(Object token) {
        return attempt == token;
    }

    void end() {
        attempt = null;
    }

    /** Counts a failure and stays quiet for a while. */
    void fail(long quietUntilNanos) {
        attempt = null;
        quietUntil = quietUntilNanos;
    }

    int countFailure() {
        return ++failures;
    }

    /** Counts one more link that ended as soon as it was there. */
    int countQuickEnd() {
        return ++quickEnds;
    }

    boolean isQuiet(long now) {
        return failures > 0 && now - quietUntil < 0;
    }

    void forgive() {
        failures = 0;
    }
}
