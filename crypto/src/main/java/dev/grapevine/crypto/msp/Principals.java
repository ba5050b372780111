package dev.grapevine.crypto.msp;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.proto.Rejection;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.CombinedPrincipal;
import org.hyperledger.fabric.protos.common.MSPIdentityAnonymity;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.OrganizationUnit;

/** Decides whether an identity is what a principal of a policy asks for, under the rules of its own MSP. */
final class Principals {
    /** Principals within principals; Fabric sets no limit, the stack does. */
    private static final int MAX_DEPTH = 100;

    private final Identity identity;
    private final Rules rules;

    Principals(Identity identity, Rules rules) {
        this.identity = identity;
        this.rules = rules;
    }

    /** @throws RefusedException saying why it is not */
    void demand(MSPPrincipal principal) throws RefusedException {
        demand(principal, 0);
    }

    private void demand(MSPPrincipal principal, int depth) throws RefusedException {
        try {
            switch (principal.getPrincipalClassification()) {
                case ROLE -> demandRole(MSPRole.parseFrom(principal.getPrincipal()));
                case ORGANIZATION_UNIT -> demandUnit(OrganizationUnit.parseFrom(principal.getPrincipal()));
                case IDENTITY -> demandSame(principal);
                case ANONYMITY -> demandAnonymity(MSPIdentityAnonymity.parseFrom(principal.getPrincipal()));
                case COMBINED -> demandAll(CombinedPrincipal.parseFrom(principal.getPrincipal()), depth);
                case UNRECOGNIZED -> throw unknown("classification " + principal.getPrincipalClassificationValue());
            }
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedException("malformed-principal", "principal cannot be parsed: " + e.getMessage());
        }
    }

    private static RefusedException unknown(String what) {
        return new RefusedException("unknown-principal", what + " does not exist under this version");
    }

    private void demandOurs(String mspId) throws RefusedException {
        if (!mspId.equals(identity.mspId().name())) {
            throw new RefusedException("other-organisation", "of " + identity.mspId() + ", not of " + mspId);
        }
    }

    private void demandValid() throws RefusedException {
        Optional<Rejection> fault = identity.validate();
        if (fault.isPresent()) {
            throw new RefusedException(fault.get().reason(), fault.get().detail());
        }
    }

    private void demandRole(MSPRole role) throws RefusedException {
        demandOurs(role.getMspIdentifier());
        Optional<NodeRole> wanted = NodeRole.of(role.getRole());
        boolean byUnit =
                rules.version().includes(MspVersion.V1_4_3) && rules.nodeOus().enforced();
        boolean ordererUnknown = role.getRole() == MSPRole.MSPRoleType.ORDERER && !byUnit;
        if (role.getRole() == MSPRole.MSPRoleType.UNRECOGNIZED || ordererUnknown) {
            throw unknown("role " + role.getRoleValue());
        }
        if (wanted.isEmpty()) {
            demandValid();
        } else if (wanted.get() != NodeRole.ADMIN) {
            demandNodeRole(wanted.get());
        } else if (!identity.isExplicitAdmin()) {
            if (!byUnit) {
                throw new RefusedException("not-admin", "not one of the configured administrators");
            }
            demandNodeRole(NodeRole.ADMIN);
        }
    }

    private void demandNodeRole(NodeRole role) throws RefusedException {
        demandValid();
        if (!rules.nodeOus().enforced() || !rules.nodeOus().hasRole(identity.organizationalUnits(), role)) {
            throw new RefusedException("not-" + role.unit(), "does not have the role " + role.unit());
        }
    }

    private void demandUnit(OrganizationUnit unit) throws RefusedException {
        demandOurs(unit.getMspIdentifier());
        demandValid();
        OrganizationalUnit wanted =
                new OrganizationalUnit(unit.getOrganizationalUnitIdentifier(), unit.getCertifiersIdentifier());
        if (!identity.organizationalUnits().contains(wanted)) {
            throw new RefusedException("not-in-unit", "not in the unit " + wanted.name() + ", or by other certifiers");
        }
    }

    private void demandSame(MSPPrincipal principal) throws RefusedException {
        if (!identity.hasSameCertificate(principal.getPrincipal())) {
            throw new RefusedException("other-identity", "not the identity that the principal names");
        }
        demandValid();
    }

    private void demandAnonymity(MSPIdentityAnonymity anonymity) throws RefusedException {
        demandCombinable("anonymity");
        if (anonymity.getAnonymityType() != MSPIdentityAnonymity.MSPIdentityAnonymityType.NOMINAL) {
            throw new RefusedException("not-anonymous", "X.509 identities are not anonymous");
        }
    }

    private void demandAll(CombinedPrincipal combined, int depth) throws RefusedException {
        demandCombinable("a combined principal");
        if (combined.getPrincipalsCount() == 0 || depth == MAX_DEPTH) {
            throw new RefusedException("malformed-principal", "combines nothing, or more than " + MAX_DEPTH + " deep");
        }
        for (MSPPrincipal part : combined.getPrincipalsList()) {
            demand(part, depth + 1);
        }
    }

    private void demandCombinable(String what) throws RefusedException {
        if (!rules.version().includes(MspVersion.V1_3)) {
            throw unknown(what);
        }
    }
}
