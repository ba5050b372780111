package dev.grapevine.comm.grpc;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A TLS certificate authority for a test. */
final class TestCa {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;
    private final X500Name name;

    TestCa(String name) {
        this.name = new X500Name("CN=" + name);
        this.certificate = sign(this.name, keys, true, null);
    }

    X509Certificate certificate() {
        return certificate;
    }

    TlsTrust trust() {
        return new TlsTrust(List.of(certificate), List.of(certificate));
    }

    /** A certificate for a host that is named in the subject alternative names, and its key. */
    TlsCredentials issue(String host) {
        KeyPair own = newKeys();
        boolean address = Character.isDigit(host.charAt(0));
        GeneralName alternative = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
        return new TlsCredentials(List.of(sign(new X500Name("CN=peer"), own, false, alternative)), own.getPrivate());
    }

    private X509Certificate sign(X500Name subject, KeyPair own, boolean isCa, @Nullable GeneralName alternative) {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                subject,
                own.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
            if (alternative != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
