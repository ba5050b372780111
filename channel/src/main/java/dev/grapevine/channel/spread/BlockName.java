package dev.grapevine.channel.spread;

import com.google.protobuf.ByteString;

/** Which block: a number alone could mean somebody's forgery. */
public record BlockName(long number, ByteString headerHash) {
    /** Where on the ring its way begins, which is another place for each block: nobody knows the next one's hash. */
    long start() {
        long start = 0;
        for (int i = 0; i < Math.min(Long.BYTES, headerHash.size()); i++) {
            start = start << Byte.SIZE | Byte.toUnsignedLong(headerHash.byteAt(i));
        }
        return start;
    }
}
