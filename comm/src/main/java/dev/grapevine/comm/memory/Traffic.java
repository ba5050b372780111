package dev.grapevine.comm.memory;

/**
 * What one node has put on the network so far, lost frames included.
 *
 * @param frames sent
 * @param bytes in these frames
 * @param received bytes that have arrived
 */
public record Traffic(long frames, long bytes, long received) {
    static final Traffic NONE = new Traffic(0, 0, 0);

    Traffic sent(int size) {
        return new Traffic(frames + 1, bytes + size, received);
    }

    Traffic arrived(int size) {
        return new Traffic(frames, bytes, received + size);
    }
}
