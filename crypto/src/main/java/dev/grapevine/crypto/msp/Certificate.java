package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.sign.EcdsaSignature;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.jspecify.annotations.Nullable;

/** A parsed X.509 certificate, its bytes kept. Equal if the bytes are. */
final class Certificate {
    private final ByteString der;
    private final org.bouncycastle.asn1.x509.Certificate structure;
    private final X509Certificate x509;
    private final CertificateExtensions extensions;
    private final ByteString subject;
    private final ByteString issuer;
    /** Whose signature this certificate was found to bear: each MSP that is asked, and each of its questions, needs to know. */
    private volatile @Nullable Certificate provenIssuer;

    private Certificate(ByteString der) throws RefusedException {
        this.der = der;
        try {
            structure = org.bouncycastle.asn1.x509.Certificate.getInstance(Der.parse(der));
            x509 = new JcaX509CertificateConverter()
                    .setProvider(Der.PROVIDER)
                    .getCertificate(new org.bouncycastle.cert.X509CertificateHolder(structure));
            extensions = new CertificateExtensions(structure.getTBSCertificate().getExtensions());
            subject = Der.encode(structure.getSubject());
            issuer = Der.encode(structure.getIssuer());
            if (!structure
                    .getSignatureAlgorithm()
                    .equals(structure.getTBSCertificate().getSignature())) {
                throw new RefusedException("malformed-certificate", "inner and outer signature algorithm differ");
            }
            PublicKeys.demandKnownCurve(x509.getPublicKey());
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new RefusedException("malformed-certificate", "not an X.509 certificate: " + e.getMessage());
        }
    }

    static Certificate ofDer(ByteString der) throws RefusedException {
        return new Certificate(der);
    }

    /** The certificate in the first PEM block, of whatever type that block says it is. */
    static Certificate ofPem(ByteString pem) throws RefusedException {
        return ofDer(Pem.first(pem)
                .orElseThrow(() -> new RefusedException("malformed-certificate", "there is no PEM block"))
                .content());
    }

    ByteString der() {
        return der;
    }

    /** Canonical PEM. */
    ByteString pem() {
        return Pem.encode("CERTIFICATE", der);
    }

    X509Certificate x509() {
        return x509;
    }

    CertificateExtensions extensions() {
        return extensions;
    }

    /** The subject's name as it is encoded: names are compared by their bytes. */
    ByteString subject() {
        return subject;
    }

    ByteString issuer() {
        return issuer;
    }

    org.bouncycastle.asn1.x500.X500Name subjectName() {
        return structure.getSubject();
    }

    ByteString publicKeyInfo() {
        return Der.encode(structure.getSubjectPublicKeyInfo());
    }

    PublicKey publicKey() {
        return x509.getPublicKey();
    }

    BigInteger serialNumber() {
        return x509.getSerialNumber();
    }

    Instant notBefore() {
        return x509.getNotBefore().toInstant();
    }

    Instant notAfter() {
        return x509.getNotAfter().toInstant();
    }

    boolean isCa() {
        return extensions.isCa();
    }

    boolean isEcdsaSigned() {
        return SignatureAlgorithms.isEcdsa(signatureAlgorithm());
    }

    private ASN1ObjectIdentifier signatureAlgorithm() {
        return structure.getSignatureAlgorithm().getAlgorithm();
    }

    ByteString signature() {
        return ByteString.copyFrom(structure.getSignature().getOctets());
    }

    /** Why {@code parent} did not issue this certificate (Go's CheckSignatureFrom); returns normally if it did. */
    void demandIssuedBy(Certificate parent) throws RefusedException {
        parent.extensions.demandMaySignCertificates(parent.x509.getVersion());
        if (!SignatureAlgorithms.isSecure(signatureAlgorithm())) {
            throw new RefusedException("insecure-algorithm", "signed with " + x509.getSigAlgName());
        }
        if (parent.equals(provenIssuer)) {
            return;
        }
        try {
            x509.verify(parent.publicKey(), Der.PROVIDER);
            provenIssuer = parent;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new RefusedException("bad-certificate-signature", "not signed by " + parent + ": " + e.getMessage());
        }
    }

    boolean isSelfSigned() {
        try {
            demandIssuedBy(this);
            return true;
        } catch (RefusedException signedByAnother) {
            return false;
        }
    }

    /** This certificate with its signature, which is of {@code parent}, brought to low S and canonical form. */
    Certificate withLowS(Certificate parent) throws RefusedException {
        if (!(parent.publicKey() instanceof ECKey key)) {
            throw new RefusedException(
                    "bad-certificate-signature", "an ECDSA signature, but the issuer has no such key");
        }
        ByteString lowS = EcdsaSignature.parse(signature())
                .orElseThrow(() -> new RefusedException("bad-certificate-signature", "not an ECDSA signature"))
                .withLowS(key.getParams().getOrder())
                .toDer();
        if (lowS.equals(signature())) {
            return this;
        }
        Certificate same = ofDer(Der.encode(new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
            structure.getTBSCertificate(), structure.getSignatureAlgorithm(), new DERBitString(lowS.toByteArray())
        })));
        // Of the two values that s can have in a signature, one is right if and only if the other is.
        same.provenIssuer = provenIssuer;
        return same;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Certificate that && der.equals(that.der);
    }

    @Override
    public int hashCode() {
        return der.hashCode();
    }

    @Override
    public String toString() {
        return structure.getSubject() + " (serial " + serialNumber().toString(16) + ")";
    }
}
