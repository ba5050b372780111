package dev.grapevine.crypto.generate;

import java.util.List;

/**
 * What an organisation consists of, ready to be generated.
 *
 * @param kind whether its nodes are peers or orderers
 * @param name a name for people ("Org1"); by custom its MSP ID is this and "MSP"
 * @param domain names its folder, and the O of its authorities
 * @param nodeOus whether certificates say their holders' roles; without, the administrator is named by certificate
 * @param authorityName common name of its certificate authority; that of the TLS authority has "tls" in front
 * @param nodes its peers or orderers
 * @param users how many users it has besides its administrator
 */
public record OrganisationSpec(
        Kind kind,
        String name,
        String domain,
        boolean nodeOus,
        String authorityName,
        SubjectTemplate subjects,
        List<NodeSpec> nodes,
        int users) {
    public OrganisationSpec {
        nodes = List.copyOf(nodes);
    }

    /** What an organisation's nodes do. */
    public enum Kind {
        PEERS("peer", "peerOrganizations", "peers"),
        ORDERERS("orderer", "ordererOrganizations", "orderers");

        private final String prefix;
        private final String organisationsFolder;
        private final String nodesFolder;

        Kind(String prefix, String organisationsFolder, String nodesFolder) {
            this.prefix = prefix;
            this.organisationsFolder = organisationsFolder;
            this.nodesFolder = nodesFolder;
        }

        String prefix() {
            return prefix;
        }

        String organisationsFolder() {
            return organisationsFolder;
        }

        String nodesFolder() {
            return nodesFolder;
        }
    }

    /**
     * A peer organisation with NodeOUs: {@code peer0} to {@code peerN} in its domain, reachable also as localhost, and one
     * user.
     */
    public static OrganisationSpec peers(String name, String domain, int count) {
        return CryptoConfig.templated(Kind.PEERS, name, domain, count);
    }

    /** An ordering organisation with NodeOUs: {@code orderer0} to {@code ordererN}, reachable also as localhost. */
    public static OrganisationSpec orderers(String name, String domain, int count) {
        return CryptoConfig.templated(Kind.ORDERERS, name, domain, count);
    }
}
