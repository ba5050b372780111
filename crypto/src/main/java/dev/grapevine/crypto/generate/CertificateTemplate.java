package dev.grapevine.crypto.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.util.IPAddress;

/** A certificate in the making. */
final class CertificateTemplate {
    private static final int AUTHORITY_USES =
            KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyCertSign | KeyUsage.cRLSign;

    private final X500Name subject;
    private final GeneratedKey key;
    private final BigInteger serial;
    private final Validity validity;
    private final ExtensionsGenerator extensions = new ExtensionsGenerator();

    CertificateTemplate(X500Name subject, GeneratedKey key, BigInteger serial, Validity validity) {
        this.subject = subject;
        this.key = key;
        this.serial = serial;
        this.validity = validity;
    }

    CertificateTemplate authority() {
        add(Extension.keyUsage, true, new KeyUsage(AUTHORITY_USES));
        add(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth
        }));
        add(Extension.basicConstraints, true, new BasicConstraints(true));
        return add(
                Extension.subjectKeyIdentifier,
                false,
                new SubjectKeyIdentifier(key.identifier().toByteArray()));
    }

    CertificateTemplate member(int keyUsage) {
        add(Extension.keyUsage, true, new KeyUsage(keyUsage));
        return add(Extension.basicConstraints, true, new BasicConstraints(false));
    }

    CertificateTemplate tls(List<String> alternativeNames) {
        if (!alternativeNames.isEmpty()) {
            GeneralName[] names =
                    alternativeNames.stream().map(CertificateTemplate::name).toArray(GeneralName[]::new);
            add(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        return add(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
        }));
    }

    private static GeneralName name(String name) {
        return new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    CertificateTemplate issuedBy(GeneratedKey issuer) {
        return add(
                Extension.authorityKeyIdentifier,
                false,
                new AuthorityKeyIdentifier(issuer.identifier().toByteArray()));
    }

    private CertificateTemplate add(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            extensions.addExtension(oid, critical, value);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("encoding to memory cannot fail", e);
        }
    }

    X509CertificateHolder signedBy(X500Name issuer, GeneratedKey issuerKey) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                serial,
                Date.from(validity.notBefore()),
                Date.from(validity.notAfter()),
                subject,
                key.publicKeyInfo());
        try {
            for (ASN1ObjectIdentifier oid : extensions.generate().getExtensionOIDs()) {
                builder.addExtension(extensions.generate().getExtension(oid));
            }
            return builder.build(new DeterministicSigner(issuerKey));
        } catch (IOException e) {
            throw new UncheckedIOException("encoding to memory cannot fail", e);
        }
    }
}
