package dev.grapevine.crypto.sign;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/**
 * The two numbers of an ECDSA signature. Of the two values of s that verify, Fabric knows only the lower one, so that
 * nobody can turn a signature into another.
 */
public record EcdsaSignature(BigInteger r, BigInteger s) {
    /**
     * Reads the DER form as strictly and as leniently as Fabric does: minimal lengths and integers, both positive; what
     * follows the two numbers, or the sequence, is ignored. Empty if it is anything else.
     */
    public static Optional<EcdsaSignature> parse(ByteString der) {
        return new DerReader(der)
                .enter(DerReader.SEQUENCE)
                .flatMap(numbers ->
                        numbers.integer().flatMap(r -> numbers.integer().map(s -> new EcdsaSignature(r, s))))
                .filter(signature -> signature.r.signum() > 0 && signature.s.signum() > 0);
    }

    /** Whether s is at most half the order of the curve's group. */
    public boolean isLowS(BigInteger order) {
        return s.compareTo(order.shiftRight(1)) <= 0;
    }

    /** This signature, or its twin with the low s. */
    public EcdsaSignature withLowS(BigInteger order) {
        return isLowS(order) ? this : new EcdsaSignature(r, order.subtract(s));
    }

    /** The canonical DER form. */
    public ByteString toDer() {
        try {
            return ByteString.copyFrom(new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)})
                    .getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new UncheckedIOException("encoding to memory cannot fail", e);
        }
    }
}
