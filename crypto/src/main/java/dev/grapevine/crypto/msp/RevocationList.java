package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.sign.EcdsaSignature;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.operator.DefaultSignatureNameFinder;

/**
 * A certificate revocation list. Its dates are not looked at: what is listed is revoked from the moment the list is
 * configured.
 */
final class RevocationList {
    private static final String PEM_TYPE = "X509 CRL";

    private final CertificateList list;
    private final ByteString signature;
    private final Optional<ByteString> authority;
    private final Set<BigInteger> serials = new HashSet<>();

    private RevocationList(ByteString der) throws RefusedException {
        try {
            list = CertificateList.getInstance(Der.parse(der));
            for (TBSCertList.CRLEntry entry : list.getRevokedCertificates()) {
                serials.add(entry.getUserCertificate().getValue());
            }
            Extensions extensions = list.getTBSCertList().getExtensions();
            authority = Optional.ofNullable(extensions)
                    .map(all -> AuthorityKeyIdentifier.getInstance(
                            all.getExtensionParsedValue(Extension.authorityKeyIdentifier)))
                    .map(id -> ByteString.copyFrom(
                            Optional.ofNullable(id.getKeyIdentifierOctets()).orElse(new byte[0])));
        } catch (RuntimeException e) {
            throw new RefusedException("malformed-crl", "not a revocation list: " + e.getMessage());
        }
        signature = canonical(ByteString.copyFrom(list.getSignature().getOctets()));
    }

    private ByteString canonical(ByteString received) throws RefusedException {
        if (!SignatureAlgorithms.isEcdsa(algorithm())) {
            return received;
        }
        return EcdsaSignature.parse(received)
                .orElseThrow(() -> new RefusedException("malformed-crl", "its signature is not an ECDSA signature"))
                .toDer();
    }

    /** Reads PEM of type X509 CRL, or plain DER. */
    static RevocationList of(ByteString text) throws RefusedException {
        ByteString der = Pem.first(text)
                .filter(block -> block.type().equals(PEM_TYPE))
                .map(Pem::content)
                .orElse(text);
        try {
            return new RevocationList(der);
        } catch (RefusedException e) {
            throw new RefusedException("malformed-crl", e.rejection().detail());
        }
    }

    private ASN1ObjectIdentifier algorithm() {
        return list.getSignatureAlgorithm().getAlgorithm();
    }

    /**
     * Whether the certificate is listed here and {@code issuer} is who made this list.
     *
     * @throws RefusedException if this list does not say by which key it was made: then nobody can be called unrevoked
     */
    boolean revokes(Certificate certificate, Certificate issuer) throws RefusedException {
        ByteString key = authority.orElseThrow(
                () -> new RefusedException("unattributed-crl", "a revocation list has no authority key identifier"));
        return issuer.extensions().subjectKeyIdentifier().filter(key::equals).isPresent()
                && serials.contains(certificate.serialNumber())
                && isSignedBy(issuer);
    }

    private boolean isSignedBy(Certificate issuer) {
        try {
            Signature engine = Signature.getInstance(
                    new DefaultSignatureNameFinder().getAlgorithmName(list.getSignatureAlgorithm()), Der.PROVIDER);
            engine.initVerify(issuer.publicKey());
            engine.update(Der.encode(list.getTBSCertList()).toByteArray());
            return engine.verify(signature.toByteArray());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
