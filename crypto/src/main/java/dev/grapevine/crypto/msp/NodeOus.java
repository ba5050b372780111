package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;

/**
 * The classification of members by organizational unit. A unit may be bound to certifiers; empty certifiers mean any.
 *
 * @param enforced whether every member must have exactly one role
 */
record NodeOus(boolean enforced, Map<NodeRole, OrganizationalUnit> units) {
    private static final NodeOus OFF = new NodeOus(false, Map.of());

    static NodeOus of(FabricMSPConfig config, MspVersion version, Authorities authorities) throws RefusedException {
        if (version == MspVersion.V1_0 || !config.hasFabricNodeOus()) {
            return OFF;
        }
        FabricNodeOUs configured = config.getFabricNodeOus();
        Map<NodeRole, OrganizationalUnit> units = new EnumMap<>(NodeRole.class);
        boolean allRoles = version.includes(MspVersion.V1_4_3);
        put(
                units,
                NodeRole.CLIENT,
                configured.hasClientOuIdentifier(),
                configured.getClientOuIdentifier(),
                authorities);
        put(units, NodeRole.PEER, configured.hasPeerOuIdentifier(), configured.getPeerOuIdentifier(), authorities);
        if (allRoles) {
            put(
                    units,
                    NodeRole.ADMIN,
                    configured.hasAdminOuIdentifier(),
                    configured.getAdminOuIdentifier(),
                    authorities);
            put(
                    units,
                    NodeRole.ORDERER,
                    configured.hasOrdererOuIdentifier(),
                    configured.getOrdererOuIdentifier(),
                    authorities);
        } else {
            demandNamed(units, NodeRole.CLIENT);
            demandNamed(units, NodeRole.PEER);
        }
        return new NodeOus(configured.getEnable() && !units.isEmpty(), units);
    }

    private static void put(
            Map<NodeRole, OrganizationalUnit> units,
            NodeRole role,
            boolean present,
            FabricOUIdentifier identifier,
            Authorities authorities)
            throws RefusedException {
        if (present) {
            ByteString certifiers = identifier.getCertificate().isEmpty()
                    ? ByteString.EMPTY
                    : authorities.certifiersNamedBy(identifier.getCertificate());
            units.put(role, new OrganizationalUnit(identifier.getOrganizationalUnitIdentifier(), certifiers));
        }
    }

    private static void demandNamed(Map<NodeRole, OrganizationalUnit> units, NodeRole role) throws RefusedException {
        if (!units.containsKey(role) || units.get(role).name().isEmpty()) {
            throw new RefusedException("incomplete-node-ous", "NodeOUs need a unit for the role " + role.unit());
        }
    }

    boolean defines(NodeRole role) {
        return units.containsKey(role);
    }

    /** Whether one of the member's units has the name that stands for this role; its certifiers are not looked at. */
    boolean hasRole(List<OrganizationalUnit> memberUnits, NodeRole role) {
        OrganizationalUnit unit = units.get(role);
        return unit != null && memberUnits.stream().anyMatch(own -> own.name().equals(unit.name()));
    }

    /** @throws RefusedException unless the member's units give it exactly one role, by the right certifiers */
    void demandOneRole(List<OrganizationalUnit> memberUnits) throws RefusedException {
        if (!enforced) {
            return;
        }
        int roles = 0;
        for (OrganizationalUnit own : memberUnits) {
            Optional<OrganizationalUnit> unit = named(own.name());
            if (unit.isEmpty() || roles > 1) {
                continue;
            }
            ByteString certifiers = unit.get().certifiers();
            if (!certifiers.isEmpty() && !certifiers.equals(own.certifiers())) {
                throw new RefusedException("wrong-certifiers", "another CA may certify the unit " + own.name());
            }
            roles++;
        }
        if (roles != 1) {
            throw new RefusedException(
                    roles == 0 ? "no-role" : "several-roles",
                    "the units " + names(memberUnits) + " must name exactly one role of "
                            + names(List.copyOf(units.values())));
        }
    }

    /** If several roles share a name, the last of client, peer, admin, orderer counts. */
    private Optional<OrganizationalUnit> named(String name) {
        return units.values().stream().filter(unit -> unit.name().equals(name)).reduce((first, last) -> last);
    }

    static List<String> names(List<OrganizationalUnit> units) {
        return units.stream().map(OrganizationalUnit::name).toList();
    }
}
