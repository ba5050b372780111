package dev.grapevine.simulation.fabric;

/** What has been sent, and how much has happened. */
final class Traffic {
    private final long[] bytes;
    private long frames;
    private long blockBytes;
    private long events;

    Traffic(int size) {
        this.bytes = new long[size];
    }

    void sent(int from, int count, int bytesOfAll) {
        bytes[from] += bytesOfAll;
        frames += count;
    }

    void sentBlocks(int bytesOfAll) {
        blockBytes += bytesOfAll;
    }

    /** Frames have arrived that are no events of the timeline. */
    void arrived(int count) {
        events += count;
    }

    /** A peer has been started anew, and counts from nothing. */
    void reset(int peer) {
        bytes[peer] = 0;
    }

    long bytes(int peer) {
        return bytes[peer];
    }

    long frames() {
        return frames;
    }

    long blockBytes() {
        return blockBytes;
    }

    long events() {
        return events;
    }
}
