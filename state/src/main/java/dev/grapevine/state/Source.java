package dev.grapevine.state;

import dev.grapevine.proto.PkiId;
import java.time.Duration;

/** A peer that blocks are fetched from: what it owes us, how it behaved, and how fast it is. */
final class Source {
    /** A request is for about what the source brings in this time, so that no range is stuck with it for long. */
    private static final double SLICE_NANOS = Duration.ofMillis(125).toNanos();

    /** Which part of the longest range is asked of a source that has brought nothing yet. */
    private static final int FIRST_PART = 4;

    private static final int MAX_CAUTION = 4;

    private final PkiId peer;
    private final Standing standing = new Standing();
    private final ThroughputEstimate throughput = new ThroughputEstimate();
    private final SmoothedTime responseTime = new SmoothedTime();
    private int requests;
    private int overdue;
    private long bytesAsked;
    private int caution;

    Source(PkiId peer) {
        this.peer = peer;
    }

    PkiId peer() {
        return peer;
    }

    Standing standing() {
        return standing;
    }

    /** How long its answers take. */
    SmoothedTime responseTime() {
        return responseTime;
    }

    /** Nanoseconds within which an answer of this size should come, after all it owes; {@code otherwise} if not known. */
    long expectedTime(long bytes, long otherwise, long now) {
        if (!responseTime.isKnown() || !throughput.isKnown(now)) {
            return otherwise;
        }
        return Math.max(responseTime.bound(), 2 * (long) completion(bytes, throughput.bytesPerNano()));
    }

    /** Requests it has yet to answer. */
    int requests() {
        return requests;
    }

    /** Of those, how many are later than they should be. */
    int overdue() {
        return overdue;
    }

    /** A request for about {@code bytes} is on its way. */
    void asked(long bytes) {
        requests++;
        bytesAsked += bytes;
    }

    /** The answer to a fetch of this source has come. */
    void answered(Fetch fetch, int blocks, long bytes, long now) {
        close(fetch);
        responseTime.sample(now - fetch.sentAt());
        if (blocks > 0) {
            throughput.answered(bytes, fetch.sentAt(), now);
            caution = 0;
        }
    }

    /** An answer has not come when it should have. */
    void late(Fetch fetch, long now) {
        overdue++;
        throughput.overdue(fetch.bytes(), fetch.sentAt(), now);
    }

    /** An answer is given up. It may have been too large: the next ones are asked to be smaller. */
    void missed(Fetch fetch, long now) {
        close(fetch);
        standing.silent(now);
        caution = Math.min(MAX_CAUTION, caution + 1);
    }

    /** A request was lost on its way: later ones were answered. */
    void lost(Fetch fetch) {
        close(fetch);
    }

    private void close(Fetch fetch) {
        requests--;
        bytesAsked -= fetch.bytes();
        if (fetch.isOverdue()) {
            overdue--;
        }
    }

    /** Whether it is known how fast it is. */
    boolean isMeasured(long now) {
        return throughput.isKnown(now);
    }

    /** Bytes in a nanosecond, or {@code otherwise} while that is not known. */
    double bytesPerNano(long now, double otherwise) {
        return throughput.isKnown(now) ? throughput.bytesPerNano() : otherwise;
    }

    /** Nanoseconds until it would have brought this many bytes on top of what it owes. */
    double completion(long bytes, double bytesPerNano) {
        return (bytesAsked + bytes) / bytesPerNano;
    }

    /** Blocks to ask for in one request, of those it may be asked for. */
    int length(int longest, long meanBytes, long now) {
        double slice = throughput.isKnown(now)
                ? throughput.bytesPerNano() * SLICE_NANOS / meanBytes
                : (double) longest / FIRST_PART;
        return Math.max(1, (int) Math.min(longest, slice) >> caution);
    }
}
