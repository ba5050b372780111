package dev.grapevine.crypto.generate;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.msp.NodeRole;
import dev.grapevine.crypto.msp.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Date;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;

/**
 * A certificate authority with ECDSA keys on P-256 that issues what cryptogen's issues: the same extensions, key usages and
 * names. Not safe from several threads: its generator is not.
 */
public final class CertificateAuthority {
    private static final int SERIAL_BITS = 128;

    private final IssuedCertificate own;
    private final SubjectTemplate subjects;
    private final Validity validity;
    private final RandomGenerator random;

    private CertificateAuthority(
            IssuedCertificate own, SubjectTemplate subjects, Validity validity, RandomGenerator random) {
        this.own = own;
        this.subjects = subjects;
        this.validity = validity;
        this.random = random;
    }

    /**
     * A root.
     *
     * @param organisation the O in its name; cryptogen puts the domain here
     * @param commonName the CN in its name ("ca.org1.example.com")
     * @param validity that of its own certificate and of all it issues
     * @param random where keys and serial numbers come from
     */
    public static CertificateAuthority root(
            String organisation,
            String commonName,
            SubjectTemplate subjects,
            Validity validity,
            RandomGenerator random) {
        X500Name name = subjects.authority(organisation, commonName);
        GeneratedKey key = GeneratedKey.from(random);
        X509CertificateHolder certificate = new CertificateTemplate(name, key, serial(random), validity)
                .authority()
                .signedBy(name, key);
        return new CertificateAuthority(new IssuedCertificate(certificate, key), subjects, validity, random);
    }

    /** An authority below this one. Fabric then takes members' certificates only from there, no longer from here. */
    public CertificateAuthority intermediate(String organisation, String commonName) {
        GeneratedKey key = GeneratedKey.from(random);
        IssuedCertificate certificate = issue(
                new CertificateTemplate(subjects.authority(organisation, commonName), key, serial(random), validity)
                        .authority(),
                key);
        return new CertificateAuthority(certificate, subjects, validity, random);
    }

    /** The same authority, issuing certificates of another validity. */
    public CertificateAuthority withValidity(Validity other) {
        return new CertificateAuthority(own, subjects, other, random);
    }

    /** A member's certificate, good for signing, whose organizational unit says what the member is for (NodeOUs). */
    public IssuedCertificate issueIdentity(String commonName, NodeRole role) {
        return issueIdentity(commonName, List.of(role.unit()));
    }

    /** A member's certificate with these organizational units, if any. */
    public IssuedCertificate issueIdentity(String commonName, List<String> units) {
        GeneratedKey key = GeneratedKey.from(random);
        return issue(
                new CertificateTemplate(subjects.member(units, commonName), key, serial(random), validity)
                        .member(KeyUsage.digitalSignature),
                key);
    }

    /**
     * A certificate for both ends of TLS.
     *
     * @param alternativeNames host names and IP addresses it is good for
     */
    public IssuedCertificate issueTls(String commonName, List<String> alternativeNames) {
        GeneratedKey key = GeneratedKey.from(random);
        return issue(
                new CertificateTemplate(subjects.member(List.of(), commonName), key, serial(random), validity)
                        .member(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)
                        .tls(alternativeNames),
                key);
    }

    private IssuedCertificate issue(CertificateTemplate template, GeneratedKey key) {
        return new IssuedCertificate(
                template.issuedBy(own.key()).signedBy(own.holder().getSubject(), own.key()), key);
    }

    /** A revocation list of certificates that this authority issued, in PEM. */
    public ByteString revocationList(List<BigInteger> serialNumbers) {
        Date since = Date.from(validity.notBefore());
        X509v2CRLBuilder list = new X509v2CRLBuilder(own.holder().getSubject(), since);
        list.setNextUpdate(Date.from(validity.notAfter()));
        serialNumbers.forEach(serial -> list.addCRLEntry(serial, since, CRLReason.keyCompromise));
        try {
            list.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(own.key().identifier().toByteArray()));
            list.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
            return Pem.encode(
                    "X509 CRL",
                    ByteString.copyFrom(
                            list.build(new DeterministicSigner(own.key())).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException("encoding to memory cannot fail", e);
        }
    }

    /** Its own certificate and key. */
    public IssuedCertificate own() {
        return own;
    }

    private static BigInteger serial(RandomGenerator random) {
        byte[] bytes = new byte[SERIAL_BITS / Byte.SIZE];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes).max(BigInteger.ONE);
    }
}
