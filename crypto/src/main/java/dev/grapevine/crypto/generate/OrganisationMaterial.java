package dev.grapevine.crypto.generate;

import dev.grapevine.crypto.msp.NodeRole;
import dev.grapevine.proto.MspId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;

/**
 * All keys and certificates of one organisation.
 *
 * @param authority its certificate authority
 * @param tlsAuthority the authority of its TLS certificates
 * @param nodes its peers or orderers
 * @param users its users, and its administrator as the last
 */
public record OrganisationMaterial(
        OrganisationSpec spec,
        CertificateAuthority authority,
        CertificateAuthority tlsAuthority,
        List<MemberMaterial> nodes,
        List<MemberMaterial> users) {
    private static final String ADMIN = "Admin@";

    public OrganisationMaterial {
        nodes = List.copyOf(nodes);
        users = List.copyOf(users);
    }

    /** Generates an organisation. */
    public static OrganisationMaterial generate(OrganisationSpec spec, Validity validity, RandomGenerator random) {
        CertificateAuthority authority =
                CertificateAuthority.root(spec.domain(), spec.authorityName(), spec.subjects(), validity, random);
        CertificateAuthority tls = CertificateAuthority.root(
                spec.domain(), "tls" + spec.authorityName(), spec.subjects(), validity, random);
        OrganisationMaterial empty = new OrganisationMaterial(spec, authority, tls, List.of(), List.of());
        NodeRole nodeRole = spec.kind() == OrganisationSpec.Kind.PEERS ? NodeRole.PEER : NodeRole.ORDERER;
        List<MemberMaterial> nodes = new ArrayList<>();
        for (NodeSpec node : spec.nodes()) {
            nodes.add(empty.issue(node.commonName(), nodeRole, node.alternativeNames()));
        }
        List<MemberMaterial> users = new ArrayList<>();
        for (int i = 1; i <= spec.users(); i++) {
            users.add(empty.issue("User" + i + "@" + spec.domain(), NodeRole.CLIENT, List.of()));
        }
        users.add(empty.issue(ADMIN + spec.domain(), NodeRole.ADMIN, List.of()));
        return new OrganisationMaterial(spec, authority, tls, nodes, users);
    }

    /** One more member, of the same authorities; it is not added to this record. */
    public MemberMaterial issue(String commonName, NodeRole role, List<String> alternativeNames) {
        List<String> units = spec.nodeOus() ? List.of(role.unit()) : List.of();
        return new MemberMaterial(
                commonName,
                role,
                authority.issueIdentity(commonName, units),
                tlsAuthority.issueTls(commonName, alternativeNames));
    }

    /** The organisation's administrator. */
    public MemberMaterial admin() {
        return users.get(users.size() - 1);
    }

    /** The MSP ID that custom gives it: its name and "MSP". */
    public MspId customaryMspId() {
        return new MspId(spec.name() + "MSP");
    }

    /** Its MSP as a channel's configuration has it. */
    public FabricMSPConfig mspConfig(MspId mspId) {
        return new OrganisationMsp(this).config(mspId);
    }

    /**
     * Writes it in cryptogen's layout: below {@code base}, {@code peerOrganizations/DOMAIN} or
     * {@code ordererOrganizations/DOMAIN} with {@code ca}, {@code tlsca}, {@code msp}, the nodes and the users. What is there
     * under the same names is overwritten.
     *
     * @return the organisation's folder
     * @throws IOException if it cannot be written
     */
    public Path writeTo(Path base) throws IOException {
        return new OrganisationFolder(this, base).write();
    }
}
