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

    /** The first 32 bytes as numbers, so that tables of peers need not compare byte by byte; what is missing is 0. */
    private final long first;

    private final long second;
    private final long third;
    private final long fourth;

    /** @throws IllegalArgumentException if {@code bytes} is empty; what the wire brings may have any other length */
    public PkiId(ByteString bytes) {
        if (bytes.isEmpty()) {
            throw new IllegalArgumentException("a PKI-ID must not be empty");
        }
        this.bytes = bytes;
        this.first = word(bytes, 0);
        this.second = word(bytes, 1);
        this.third = word(bytes, 2);
        this.fourth = word(bytes, 3);
    }

    private static long word(ByteString bytes, int number) {
        long word = 0;
        for (int i = number * Long.BYTES; i < (number + 1) * Long.BYTES; i++) {
            word = (word << Byte.SIZE) | (i < bytes.size() ? bytes.byteAt(i) & 0xff : 0);
        }
        return word;
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

    /** The first eight bytes as a number; what is missing is 0. */
    public long lead() {
        return first;
    }

    @Override
    public int compareTo(PkiId other) {
        if (first != other.first) {
            return Long.compareUnsigned(first, other.first);
        }
        return equals(other) ? 0 : UNSIGNED.compare(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof PkiId that && isSame(that));
    }

    private boolean isSame(PkiId that) {
        return first == that.first
                && second == that.second
                && third == that.third
                && fourth == that.fourth
                && bytes.size() == that.bytes.size()
                && (bytes.size() <= Sha256.LENGTH || bytes.equals(that.bytes));
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
