package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;

/** What a certificate's extensions say, as far as it decides whether a chain holds. */
final class CertificateExtensions {
    /** What Go's verification knows how to handle; any other critical extension refuses the certificate. */
    private static final Set<ASN1ObjectIdentifier> HANDLED = Set.of(
            Extension.subjectKeyIdentifier,
            Extension.keyUsage,
            Extension.subjectAlternativeName,
            Extension.basicConstraints,
            Extension.nameConstraints,
            Extension.cRLDistributionPoints,
            Extension.certificatePolicies,
            Extension.authorityKeyIdentifier,
            Extension.extendedKeyUsage,
            Extension.authorityInfoAccess);

    private final @Nullable Extensions extensions;
    private final @Nullable BasicConstraints basicConstraints;
    private final @Nullable KeyUsage keyUsage;
    private final @Nullable ExtendedKeyUsage extendedKeyUsage;
    private final @Nullable GeneralNames alternativeNames;
    private final @Nullable NameConstraints nameConstraints;

    CertificateExtensions(@Nullable Extensions extensions) {
        this.extensions = extensions;
        basicConstraints = BasicConstraints.getInstance(value(Extension.basicConstraints));
        keyUsage = KeyUsage.getInstance(value(Extension.keyUsage));
        extendedKeyUsage = ExtendedKeyUsage.getInstance(value(Extension.extendedKeyUsage));
        alternativeNames = GeneralNames.getInstance(value(Extension.subjectAlternativeName));
        nameConstraints = NameConstraints.getInstance(value(Extension.nameConstraints));
    }

    private @Nullable ASN1Encodable value(ASN1ObjectIdentifier oid) {
        return extensions == null ? null : extensions.getExtensionParsedValue(oid);
    }

    boolean isCa() {
        return basicConstraints != null && basicConstraints.isCA();
    }

    /** How many certificate authorities may stand between this one and the leaf. */
    int pathLength() {
        return basicConstraints == null || basicConstraints.getPathLenConstraintInteger() == null
                ? Integer.MAX_VALUE
                : basicConstraints.getPathLenConstraintInteger().intValueExact();
    }

    /** @throws RefusedException if this is no certificate authority, or one that may not sign certificates */
    void demandMaySignCertificates(int certificateVersion) throws RefusedException {
        boolean leaf = basicConstraints == null ? certificateVersion == 3 : !basicConstraints.isCA();
        boolean forbidden = keyUsage != null && !keyUsage.hasUsages(KeyUsage.keyCertSign);
        if (leaf || forbidden) {
            throw new RefusedException("no-authority", "the issuer is not entitled to sign certificates");
        }
    }

    /** Whether TLS servers may use this certificate, which is what Go's verification asks for unless told otherwise. */
    boolean permitsServerAuthentication() {
        return extendedKeyUsage == null
                || extendedKeyUsage.hasKeyPurposeId(KeyPurposeId.id_kp_serverAuth)
                || extendedKeyUsage.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage);
    }

    Optional<ByteString> subjectKeyIdentifier() {
        return Optional.ofNullable(value(Extension.subjectKeyIdentifier))
                .map(id -> ByteString.copyFrom(ASN1OctetString.getInstance(id).getOctets()));
    }

    /** The raw subject alternative names, for comparing certificates; empty bytes if there are none. */
    ByteString alternativeNameBytes() {
        Extension names = extensions == null ? null : extensions.getExtension(Extension.subjectAlternativeName);
        return names == null
                ? ByteString.EMPTY
                : ByteString.copyFrom(names.getExtnValue().getOctets());
    }

    List<GeneralName> alternativeNames() {
        return alternativeNames == null ? List.of() : List.of(alternativeNames.getNames());
    }

    boolean hasAlternativeNames() {
        return alternativeNames != null;
    }

    Optional<NameConstraints> nameConstraints() {
        return Optional.ofNullable(nameConstraints);
    }

    /** @throws RefusedException if a critical extension is one that nobody here knows the meaning of */
    void demandAllCriticalHandled() throws RefusedException {
        if (extensions == null) {
            return;
        }
        for (ASN1ObjectIdentifier oid : extensions.getCriticalExtensionOIDs()) {
            boolean unusableNames = oid.equals(Extension.subjectAlternativeName)
                    && alternativeNames().stream().noneMatch(CertificateExtensions::isUsableName);
            if (!HANDLED.contains(oid) || unusableNames) {
                throw new RefusedException("unhandled-critical-extension", "the extension " + oid + " is critical");
            }
        }
    }

    private static boolean isUsableName(GeneralName name) {
        return Arrays.asList(
                        GeneralName.rfc822Name,
                        GeneralName.dNSName,
                        GeneralName.uniformResourceIdentifier,
                        GeneralName.iPAddress)
                .contains(name.getTagNo());
    }
}
