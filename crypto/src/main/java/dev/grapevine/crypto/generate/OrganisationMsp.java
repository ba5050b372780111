package dev.grapevine.crypto.generate;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.msp.NodeRole;
import dev.grapevine.proto.MspId;
import java.io.IOException;
import java.nio.file.Path;
import org.hyperledger.fabric.protos.msp.FabricCryptoConfig;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;

/** The MSP of a generated organisation, as a message and as a folder. */
record OrganisationMsp(OrganisationMaterial organisation) {
    FabricMSPConfig config(MspId mspId) {
        FabricMSPConfig.Builder config = FabricMSPConfig.newBuilder()
                .setName(mspId.name())
                .addRootCerts(organisation.authority().own().pem())
                .addTlsRootCerts(organisation.tlsAuthority().own().pem())
                .setCryptoConfig(FabricCryptoConfig.newBuilder()
                        .setSignatureHashFamily("SHA2")
                        .setIdentityIdentifierHashFunction("SHA256"));
        if (organisation.spec().nodeOus()) {
            config.setFabricNodeOus(FabricNodeOUs.newBuilder()
                    .setEnable(true)
                    .setClientOuIdentifier(unit(NodeRole.CLIENT))
                    .setPeerOuIdentifier(unit(NodeRole.PEER))
                    .setAdminOuIdentifier(unit(NodeRole.ADMIN))
                    .setOrdererOuIdentifier(unit(NodeRole.ORDERER)));
        } else {
            config.addAdmins(organisation.admin().identity().pem());
        }
        return config.build();
    }

    private FabricOUIdentifier unit(NodeRole role) {
        return FabricOUIdentifier.newBuilder()
                .setCertificate(organisation.authority().own().pem())
                .setOrganizationalUnitIdentifier(role.unit())
                .build();
    }

    /** Writes the folder that tells members from others, without any private key. */
    void write(Path folder) throws IOException {
        String ca = organisation.spec().authorityName() + "-cert.pem";
        MaterialFiles.write(
                folder.resolve("cacerts").resolve(ca),
                organisation.authority().own().pem());
        MaterialFiles.write(
                folder.resolve("tlscacerts").resolve("tls" + ca),
                organisation.tlsAuthority().own().pem());
        if (organisation.spec().nodeOus()) {
            MaterialFiles.write(folder.resolve("config.yaml"), ByteString.copyFromUtf8(configYaml("cacerts/" + ca)));
        } else {
            MemberMaterial admin = organisation.admin();
            MaterialFiles.write(
                    folder.resolve("admincerts").resolve(admin.name() + "-cert.pem"),
                    admin.identity().pem());
        }
    }

    private static String configYaml(String caFile) {
        StringBuilder yaml = new StringBuilder("NodeOUs:\n  Enable: true\n");
        appendUnit(yaml, "Client", caFile, NodeRole.CLIENT);
        appendUnit(yaml, "Peer", caFile, NodeRole.PEER);
        appendUnit(yaml, "Admin", caFile, NodeRole.ADMIN);
        appendUnit(yaml, "Orderer", caFile, NodeRole.ORDERER);
        return yaml.toString();
    }

    private static void appendUnit(StringBuilder yaml, String key, String caFile, NodeRole role) {
        yaml.append("  ").append(key).append("OUIdentifier:\n");
        yaml.append("    Certificate: ").append(caFile).append('\n');
        yaml.append("    OrganizationalUnitIdentifier: ").append(role.unit()).append('\n');
    }
}
