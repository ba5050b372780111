package dev.grapevine.crypto.generate;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.msp.Pem;
import dev.grapevine.crypto.msp.X509SigningIdentity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A certificate with its private key. */
public final class IssuedCertificate {
    private final X509CertificateHolder holder;
    private final GeneratedKey key;

    IssuedCertificate(X509CertificateHolder holder, GeneratedKey key) {
        this.holder = holder;
        this.key = key;
    }

    public X509Certificate certificate() {
        try {
            return new JcaX509CertificateConverter()
                    .setProvider(new BouncyCastleProvider())
                    .getCertificate(holder);
        } catch (CertificateException e) {
            throw new IllegalStateException("we have just made this certificate", e);
        }
    }

    public PrivateKey privateKey() {
        return key.privateKey();
    }

    public BigInteger serialNumber() {
        return holder.getSerialNumber();
    }

    /** The certificate in canonical PEM. */
    public ByteString pem() {
        try {
            return Pem.encode("CERTIFICATE", ByteString.copyFrom(holder.getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException("encoding to memory cannot fail", e);
        }
    }

    /** The private key: PKCS#8 in PEM. */
    public ByteString keyPem() {
        return key.pem();
    }

    /** The member of {@code msp} that this certificate makes. */
    public Verdict<X509SigningIdentity> signingIdentity(Msp msp, SignatureProvider provider) {
        return X509SigningIdentity.of(msp, pem(), privateKey(), provider);
    }

    X509CertificateHolder holder() {
        return holder;
    }

    GeneratedKey key() {
        return key;
    }
}
