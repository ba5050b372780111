package dev.grapevine.crypto.msp;

import java.util.Optional;
import org.hyperledger.fabric.protos.common.MSPRole;

/** What a member's certificate says it is for, by its organizational unit (NodeOUs). */
public enum NodeRole {
    CLIENT("client"),
    PEER("peer"),
    ADMIN("admin"),
    ORDERER("orderer");

    private final String unit;

    NodeRole(String unit) {
        this.unit = unit;
    }

    /** The organizational unit that stands for this role wherever nothing else is configured. */
    public String unit() {
        return unit;
    }

    /** The role a principal asks for; none for membership as such and for unknown roles. */
    static Optional<NodeRole> of(MSPRole.MSPRoleType type) {
        return switch (type) {
            case CLIENT -> Optional.of(CLIENT);
            case PEER -> Optional.of(PEER);
            case ADMIN -> Optional.of(ADMIN);
            case ORDERER -> Optional.of(ORDERER);
            case MEMBER, UNRECOGNIZED -> Optional.empty();
        };
    }
}
