package dev.grapevine.comm.memory;

/**
 * What one node has put on the network so far, lost frames included.
 *
 * @param frames sent
 * @param bytes in these frames
 * @param blockBytes of them, in frames that carry blocks or parts of blocks
 * @param received bytes that have arrived
 */
public record Traffic(long frames, long bytes, long blockBytes, long received) {}
