package dev.grapevine.proto;

import com.google.protobuf.ByteString;
import java.util.Comparator;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/**
 * A peer's gossip identity: SHA-256(UTF-8(MSP ID) || certificate PEM as received), 32 bytes. A renewed certificate is a
 * new PKI-ID.
 *
 * <p>The order is that of the bytes taken as unsigned numbers; leader election prefers the smaller.
 */
public record PkiId(ByteString bytes) implements Comparable<PkiId> {
    private static final Comparator<ByteString> UNSIGNED = ByteString.unsignedLexicographicalComparator();

    /** @throws IllegalArgumentException if {@code bytes} is empty; what the wire brings may have any other length */
    public PkiId {
        if (bytes.isEmpty()) {
            throw new IllegalArgumentException("a PKI-ID must not be empty");
        }
    }

    /** The PKI-ID of an identity, from its two fields exactly as they were received. */
    public static PkiId of(SerializedIdentity identity) {
        return new PkiId(Sha256.of(identity.getMspidBytes(), identity.getIdBytes()));
    }

    /** Parses lower- or upper-case hexadecimal text. */
    public static PkiId fromHex(String hex) {
        return new PkiId(Hex.parse(hex));
    }

    @Override
    public int compareTo(PkiId other) {
        return UNSIGNED.compare(bytes, other.bytes);
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
