package dev.grapevine.channel.spread;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.PkiId;

/**
 * Where the peers stand on the ring of one block. Both the header hash and the PKI-ID are hashes already, so mixing eight bytes
 * of each (the finaliser of SplitMix64) is enough: nobody can choose a place, since nobody knows the next block's hash.
 */
final class BlockRing {
    private final long seed;

    BlockRing(BlockName block) {
        this.seed = lead(block.headerHash());
    }

    /** A peer's place. */
    long position(PkiId peer) {
        return mix(peer.lead() ^ seed);
    }

    /** Its place in another order that has nothing to do with the first. */
    long position(PkiId peer, int order) {
        return mix(position(peer) + order);
    }

    private static long lead(ByteString bytes) {
        long lead = 0;
        for (int i = 0; i < Math.min(Long.BYTES, bytes.size()); i++) {
            lead = lead << Byte.SIZE | Byte.toUnsignedLong(bytes.byteAt(i));
        }
        return lead;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
