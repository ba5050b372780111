package dev.grapevine.crypto.generate;

import dev.grapevine.crypto.msp.NodeRole;
import java.io.IOException;
import java.nio.file.Path;

/** Cryptogen's folder of one organisation. */
record OrganisationFolder(OrganisationMaterial organisation, Path base) {
    Path write() throws IOException {
        OrganisationSpec spec = organisation.spec();
        Path folder = base.resolve(spec.kind().organisationsFolder()).resolve(spec.domain());
        writeAuthority(folder.resolve("ca"), spec.authorityName(), organisation.authority());
        writeAuthority(folder.resolve("tlsca"), "tls" + spec.authorityName(), organisation.tlsAuthority());
        new OrganisationMsp(organisation).write(folder.resolve("msp"));
        for (MemberMaterial node : organisation.nodes()) {
            writeMember(folder.resolve(spec.kind().nodesFolder()), node);
        }
        for (MemberMaterial user : organisation.users()) {
            writeMember(folder.resolve("users"), user);
        }
        return folder;
    }

    private static void writeAuthority(Path folder, String name, CertificateAuthority authority) throws IOException {
        MaterialFiles.write(folder.resolve(name + "-cert.pem"), authority.own().pem());
        MaterialFiles.writeSecret(folder.resolve("priv_sk"), authority.own().keyPem());
    }

    private void writeMember(Path members, MemberMaterial member) throws IOException {
        Path msp = members.resolve(member.name()).resolve("msp");
        new OrganisationMsp(organisation).write(msp);
        MaterialFiles.write(
                msp.resolve("signcerts").resolve(member.name() + "-cert.pem"),
                member.identity().pem());
        MaterialFiles.writeSecret(
                msp.resolve("keystore").resolve("priv_sk"), member.identity().keyPem());
        boolean server = member.role() == NodeRole.PEER || member.role() == NodeRole.ORDERER;
        String name = server ? "server" : "client";
        Path tls = members.resolve(member.name()).resolve("tls");
        MaterialFiles.write(
                tls.resolve("ca.crt"), organisation.tlsAuthority().own().pem());
        MaterialFiles.write(tls.resolve(name + ".crt"), member.tls().pem());
        MaterialFiles.writeSecret(tls.resolve(name + ".key"), member.tls().keyPem());
    }
}
