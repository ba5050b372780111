package dev.grapevine.proto;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What somebody knows of many peers, in {@value #PARTS} hashes: two that compare them see in which parts of all peers, cut by
 * PKI-ID, they know different things. Immutable.
 *
 * <p>Need not withstand an attacker: who makes hashes collide keeps news from himself or from those who ask only him.
 */
public final class PartHashes {
    public static final int PARTS = 64;

    private final long[] hashes;

    private PartHashes(long[] hashes) {
        this.hashes = hashes;
    }

    /** Gathers them; what is added twice is as if it had not been added. */
    public static final class Builder {
        private final long[] hashes = new long[PARTS];

        /**
         * Adds a peer.
         *
         * @param known a hash of what is known of it
         */
        public Builder add(PkiId peer, long known) {
            hashes[part(peer)] ^= known;
            return this;
        }

        public PartHashes build() {
            return new PartHashes(hashes.clone());
        }
    }

    /** As another sent them; empty if their number is wrong. */
    public static Optional<PartHashes> received(List<Long> hashes) {
        return hashes.size() == PARTS
                ? Optional.of(new PartHashes(
                        hashes.stream().mapToLong(Long::longValue).toArray()))
                : Optional.empty();
    }

    /** These and one peer more. */
    public PartHashes with(PkiId peer, long known) {
        long[] more = hashes.clone();
        more[part(peer)] ^= known;
        return new PartHashes(more);
    }

    /** Whether the others may know something else of a peer. */
    public boolean differsAt(PkiId peer, PartHashes others) {
        return hashes[part(peer)] != others.hashes[part(peer)];
    }

    /** For sending. */
    public void forEach(LongConsumer hash) {
        Arrays.stream(hashes).forEach(hash);
    }

    private static int part(PkiId peer) {
        return Math.floorMod(peer.bytes().byteAt(0), PARTS);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PartHashes that && Arrays.equals(hashes, that.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }
}
