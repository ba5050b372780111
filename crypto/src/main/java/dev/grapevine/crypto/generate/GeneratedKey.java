package dev.grapevine.crypto.generate;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.msp.Pem;
import dev.grapevine.proto.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X962NamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** An ECDSA key on P-256. */
final class GeneratedKey {
    private static final X9ECParameters P256 = X962NamedCurves.getByOID(SECObjectIdentifiers.secp256r1);
    private static final AlgorithmIdentifier ALGORITHM =
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
    private static final int BITS = 256;

    private final byte[] point;
    private final PrivateKeyInfo info;

    private GeneratedKey(BigInteger secret) {
        point = P256.getG().multiply(secret).getEncoded(false);
        try {
            info = new PrivateKeyInfo(ALGORITHM, new ECPrivateKey(BITS, secret, new DERBitString(point), null));
        } catch (IOException e) {
            throw new UncheckedIOException("encoding to memory cannot fail", e);
        }
    }

    /** A key as secret as the generator is unpredictable. */
    static GeneratedKey from(RandomGenerator random) {
        byte[] bytes = new byte[BITS / Byte.SIZE];
        BigInteger secret;
        do {
            random.nextBytes(bytes);
            secret = new BigInteger(1, bytes);
        } while (secret.signum() == 0 || secret.compareTo(P256.getN()) >= 0);
        return new GeneratedKey(secret);
    }

    PrivateKey privateKey() {
        try {
            return BouncyCastleProvider.getPrivateKey(info);
        } catch (IOException e) {
            throw new UncheckedIOException("we have just made this key", e);
        }
    }

    SubjectPublicKeyInfo publicKeyInfo() {
        return new SubjectPublicKeyInfo(ALGORITHM, point);
    }

    /** SHA-256 of the uncompressed point, by which Fabric finds keys. */
    ByteString identifier() {
        return Sha256.of(ByteString.copyFrom(point));
    }

    /** PKCS#8 in PEM. */
    ByteString pem() {
        try {
            return Pem.encode("PRIVATE KEY", ByteString.copyFrom(info.getEncoded(ASN1Encoding.DER)));
        } catch (IOException e) {
            throw new UncheckedIOException("encoding to memory cannot fail", e);
        }
    }
}
