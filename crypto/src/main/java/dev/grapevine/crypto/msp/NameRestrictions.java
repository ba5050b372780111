package dev.grapevine.crypto.msp;

import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/** Names that an authority's name constraints allow below it. */
final class NameRestrictions {
    private static final Pattern HOST =
            Pattern.compile("(\\*|[A-Za-z0-9_:][A-Za-z0-9_:-]*)(\\.[A-Za-z0-9_:][A-Za-z0-9_:-]*)*\\.?");

    private NameRestrictions() {}

    /** @throws RefusedException if {@code authority} does not allow an alternative name of a certificate below it */
    static void demandAllowed(Certificate authority, List<Certificate> below) throws RefusedException {
        if (authority.extensions().nameConstraints().isEmpty()) {
            return;
        }
        PKIXNameConstraintValidator validator =
                validator(authority.extensions().nameConstraints().get());
        for (Certificate certificate : below) {
            for (GeneralName name : certificate.extensions().alternativeNames()) {
                demandAllowed(validator, name, authority);
            }
        }
    }

    private static void demandAllowed(PKIXNameConstraintValidator validator, GeneralName name, Certificate authority)
            throws RefusedException {
        if (name.getTagNo() == GeneralName.directoryName) {
            return;
        }
        try {
            validator.checkPermitted(name);
            validator.checkExcluded(name);
        } catch (NameConstraintValidatorException e) {
            throw new RefusedException("name-constraint", authority + " does not allow " + name);
        }
    }

    private static PKIXNameConstraintValidator validator(NameConstraints constraints) {
        PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
        if (constraints.getPermittedSubtrees() != null) {
            validator.intersectPermittedSubtree(constraints.getPermittedSubtrees());
        }
        if (constraints.getExcludedSubtrees() != null) {
            for (GeneralSubtree subtree : constraints.getExcludedSubtrees()) {
                validator.addExcludedSubtree(subtree);
            }
        }
        return validator;
    }

    /**
     * Fabric's rule from old days of Go: below constrained authorities a certificate named like a host must have alternative
     * names.
     */
    static void demandAlternativeNames(List<Certificate> chain) throws RefusedException {
        Certificate leaf = chain.get(0);
        boolean constrained = chain.stream()
                .skip(1)
                .anyMatch(authority -> authority.extensions().nameConstraints().isPresent());
        if (constrained && !leaf.extensions().hasAlternativeNames() && isNamedLikeHost(leaf)) {
            throw new RefusedException("name-constraint", leaf + " has no alternative names, under name constraints");
        }
    }

    private static boolean isNamedLikeHost(Certificate leaf) {
        RDN[] names = leaf.subjectName().getRDNs(BCStyle.CN);
        return names.length > 0
                && names[names.length - 1].getFirst().getValue() instanceof ASN1String name
                && HOST.matcher(name.getString()).matches();
    }
}
