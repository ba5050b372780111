package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Rejection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;

/** What one configuration demands of members and administrators, under one version of the rules. */
final class Rules {
    private final MspVersion version;
    private final Authorities authorities;
    private final Map<String, Set<ByteString>> requiredUnits;
    private final NodeOus nodeOus;
    private final Set<Certificate> admins = new HashSet<>();

    private Rules(
            MspVersion version, Authorities authorities, Map<String, Set<ByteString>> requiredUnits, NodeOus nodeOus) {
        this.version = version;
        this.authorities = authorities;
        this.requiredUnits = requiredUnits;
        this.nodeOus = nodeOus;
    }

    static Rules of(FabricMSPConfig config, MspVersion version, Authorities authorities) throws RefusedException {
        Map<String, Set<ByteString>> required = new TreeMap<>();
        for (FabricOUIdentifier unit : config.getOrganizationalUnitIdentifiersList()) {
            required.computeIfAbsent(unit.getOrganizationalUnitIdentifier(), name -> new HashSet<>())
                    .add(authorities.certifiersNamedBy(unit.getCertificate()));
        }
        Rules rules = new Rules(version, authorities, required, NodeOus.of(config, version, authorities));
        rules.setUpAdmins(config.getAdminsList());
        return rules;
    }

    private void setUpAdmins(List<ByteString> pems) throws RefusedException {
        boolean adminsByUnit = nodeOus.enforced() && nodeOus.defines(NodeRole.ADMIN);
        if (pems.isEmpty() && version.includes(MspVersion.V1_4_3) && !adminsByUnit) {
            throw new RefusedException(
                    "no-admins", "administrators must be declared when no admin OU classification is set");
        }
        for (ByteString pem : pems) {
            Certificate admin = authorities.sanitise(Certificate.ofPem(pem));
            PublicKeys.demandImportable(admin.publicKey(), version);
            demandFitForAdmin(admin);
            admins.add(admin);
        }
    }

    private void demandFitForAdmin(Certificate admin) throws RefusedException {
        Standing standing = judge(admin);
        boolean client = nodeOus.hasRole(standing.units(), NodeRole.CLIENT);
        if (!nodeOus.enforced()) {
            demandSound(admin, standing);
        } else if (version.includes(MspVersion.V1_4_3)) {
            if (!client && !nodeOus.hasRole(standing.units(), NodeRole.ADMIN)) {
                throw new RefusedException(
                        "unfit-admin", "admin " + admin + " has neither the client nor the admin OU");
            }
        } else {
            demandSound(admin, standing);
            if (!client) {
                throw new RefusedException("unfit-admin", "admin " + admin + " has not the client OU");
            }
        }
    }

    private static void demandSound(Certificate admin, Standing standing) throws RefusedException {
        Optional<Rejection> fault = standing.fault();
        if (fault.isPresent()) {
            throw new RefusedException("unfit-admin", "admin " + admin + " is no valid member: " + fault.get());
        }
    }

    MspVersion version() {
        return version;
    }

    NodeOus nodeOus() {
        return nodeOus;
    }

    boolean isExplicitAdmin(Certificate certificate) {
        return admins.contains(certificate);
    }

    /** Whether a certificate makes a valid member; costs a signature check for each link of its chain. */
    Standing judge(Certificate certificate) {
        List<OrganizationalUnit> units = List.of();
        try {
            List<Certificate> chain = authorities.memberChain(certificate);
            units = units(certificate, authorities.certifiers(chain.subList(1, chain.size())));
            PublicKeys.demandSigning(certificate.publicKey(), version);
            authorities.demandNotRevoked(chain);
            demandRequiredUnit(units);
            nodeOus.demandOneRole(units);
            return new Standing(units, Optional.empty());
        } catch (RefusedException e) {
            return new Standing(units, Optional.of(e.rejection()));
        }
    }

    private static List<OrganizationalUnit> units(Certificate certificate, ByteString certifiers) {
        List<OrganizationalUnit> units = new ArrayList<>();
        for (RDN name : certificate.subjectName().getRDNs()) {
            for (AttributeTypeAndValue attribute : name.getTypesAndValues()) {
                if (attribute.getType().equals(BCStyle.OU) && attribute.getValue() instanceof ASN1String value) {
                    units.add(new OrganizationalUnit(value.getString(), certifiers));
                }
            }
        }
        return List.copyOf(units);
    }

    private void demandRequiredUnit(List<OrganizationalUnit> units) throws RefusedException {
        boolean member = requiredUnits.isEmpty()
                || units.stream()
                        .anyMatch(unit -> requiredUnits
                                .getOrDefault(unit.name(), Set.of())
                                .contains(unit.certifiers()));
        if (!member) {
            throw new RefusedException(
                    "wrong-units",
                    "none of the units " + NodeOus.names(units) + " is one of " + requiredUnits.keySet()
                            + " with the right certifiers");
        }
    }
}
