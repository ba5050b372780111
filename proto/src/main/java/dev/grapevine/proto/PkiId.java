package dev.grapevine.proto;

import com.google.protobuf.ByteString;
import java.util.Comparator;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A peer's gossip identity: SHA-256(UTF-8(MSP ID) || certificate PEM as received), 32 bytes. A renewed certificate is a
 * new PKI-ID.
 *
 * <p>The order is that of the bytes taken as unsigned numbers; leader election prefers the smaller.
 */
public final class PkiId implements Comparable<PkiId> {
    private static final Comparator<ByteString> UNSIGNED = ByteString.unsignedLexicographicalComparator();

    private final ByteString bytes;

    /** The first eight bytes, which nearly always tell two PKI-IDs apart: tables of peers are sorted by them. */
    private final long first;

    /** @throws IllegalArgumentException if {@code bytes} is empty; what the wire brings may have any other length */
    public PkiId(ByteString bytes) {
        if (bytes.isEmpty()) {
            throw new IllegalArgumentException("a PKI-ID must not be empty");
        }
        this.bytes = bytes;
        this.first = first(bytes);
    }

    private static long first(ByteString bytes) {
        long first = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            first = (first << Byte.SIZE) | (i < bytes.size() ? bytes.byteAt(i) & 0xff : 0);
        }
        return first;
    }

    /** The PKI-ID of an identity, from its two fields exactly as they were received. */
    public static PkiId of(SerializedIdentity identity) {
        return new PkiId(Sha256.of(identity.getMspidBytes(), identity.getIdBytes()));
    }

    /** Parses lower- or upper-case hexadecimal text. */
    public static PkiId fromHex(String hex) {
        return new PkiId(Hex.parse(hex));
    }

    public ByteString bytes() {
        return bytes;
    }

    @Override
    public int compareTo(PkiId other) {
        return first == other.first ? UNSIGNED.compare(bytes, other.bytes) : Long.compareUnsigned(first, other.first);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof PkiId that && first == that.first && bytes.equals(that.bytes));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    /** The full hexadecimal form. */
    public String hex() {
        return Hex.of(bytes);
    }

    /** The first eight hexadecimal digits: enough to recognise a peer in a log. */
    @Override
    public String toString() {
        return Hex.of(bytes.substring(0, Math.min(4, bytes.size())));
    }
}
