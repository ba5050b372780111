package dev.grapevine.channel.spread;

import com.google.protobuf.ByteString;

/** Which block: a number alone could mean somebody's forgery. */
public record BlockName(long number, ByteString headerHash) {
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

    /** Where on the ring the way of a block begins: for any number of blocks in a row these places lie evenly. */
    static long start(long number) {
        return number * GOLDEN_RATIO;
    }
}
