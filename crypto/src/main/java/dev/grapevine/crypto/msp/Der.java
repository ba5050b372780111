package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Provider;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** ASN.1 values from and to bytes. */
final class Der {
    /** For certificates, which are checked once each; signatures of messages have their own, faster provider. */
    static final Provider PROVIDER = new BouncyCastleProvider();

    private Der() {}

    /** One value, definite and minimal in its lengths, with nothing after it. */
    static ASN1Primitive parse(ByteString der) throws RefusedException {
        try {
            ASN1Primitive value = ASN1Primitive.fromByteArray(der.toByteArray());
            if (value == null || !encode(value).equals(der)) {
                throw new RefusedException("malformed-certificate", "not in the distinguished encoding");
            }
            return value;
        } catch (IOException | RuntimeException e) {
            throw new RefusedException("malformed-certificate", "not ASN.1: " + e.getMessage());
        }
    }

    static ByteString encode(ASN1Encodable value) {
        try {
            return ByteString.copyFrom(value.toASN1Primitive().getEncoded(ASN1Encoding.DL));
        } catch (IOException e) {
            throw new UncheckedIOException("encoding to memory cannot fail", e);
        }
    }
}
