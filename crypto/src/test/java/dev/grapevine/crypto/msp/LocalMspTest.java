package dev.grapevine.crypto.msp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.grapevine.crypto.Fixtures;
import dev.grapevine.crypto.generate.MemberMaterial;
import dev.grapevine.crypto.generate.OrganisationMaterial;
import dev.grapevine.crypto.generate.OrganisationSpec;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMspTest {
    private static final SignatureProvider PROVIDER = SignatureProvider.bouncyCastle();
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("message");

    @TempDir
    private Path folder;

    @Test
    void theRecordedNodesHaveTheIdentitiesTheyHadInTheirNetwork() {
        Path material = Fixtures.material(folder);
        JsonNode identities = Fixtures.json(Fixtures.folder("identities").resolve("identities.json"));
        for (JsonNode recorded : identities.get("identities")) {
            Path msp = mspFolder(material, recorded.get("name").asText());
            X509SigningIdentity node = X509SigningIdentity.ofDirectory(
                            msp, new MspId(recorded.get("msp_id").asText()), MspVersion.V1_4_3, PROVIDER)
                    .value();
            assertThat(node.serialized())
                    .isEqualTo(Fixtures.bytes(Fixtures.folder("identities")
                            .resolve(recorded.get("file").asText())));
            assertThat(node.pkiId().hex()).isEqualTo(recorded.get("pki_id").asText());
            assertThat(node.identity().verify(node.sign(MESSAGE), MESSAGE)).isTrue();
        }
    }

    private static Path mspFolder(Path material, String name) {
        boolean user = name.contains("@");
        String organisation = name.substring(name.indexOf(user ? '@' : '.') + 1);
        if (name.startsWith("orderer0")) {
            return material.resolve("ordererOrganizations/orderer.lab/orderers/orderer0.orderer.lab/msp");
        }
        String kind = organisation.equals("orderer") ? "ordererOrganizations/" : "peerOrganizations/";
        return material.resolve(kind + organisation + ".lab").resolve((user ? "users/" : "peers/") + name + ".lab/msp");
    }

    @Test
    void aDirectoryGivesTheConfigurationItsOrganisationHasInAChannel() throws IOException {
        OrganisationMaterial material = organisation();
        Path written = material.writeTo(folder);
        FabricMSPConfig read =
                MspDirectory.read(written.resolve("msp"), Organisation.ID).value();
        assertThat(read).isEqualTo(material.mspConfig(Organisation.ID));
        Msp msp = Msp.ofDirectory(written.resolve("msp"), Organisation.ID, MspVersion.V1_4_3, PROVIDER)
                .value();
        assertThat(msp.tlsRootPems())
                .containsExactly(material.tlsAuthority().own().pem());
        assertThat(msp.tlsRoots()).containsExactly(material.tlsAuthority().own().certificate());
    }

    @Test
    void findsItsKeyUnderAnyNameAndInBothForms() throws IOException {
        Path msp = peerMsp(organisation());
        Path key = msp.resolve("keystore/priv_sk");
        byte[] pkcs8 = Pem.first(Fixtures.bytes(key)).orElseThrow().content().toByteArray();
        ByteString sec1 = Pem.encode(
                "EC PRIVATE KEY",
                ByteString.copyFrom(new org.bouncycastle.asn1.sec.ECPrivateKey(
                                256,
                                org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(PrivateKeyInfo.getInstance(pkcs8)
                                                .parsePrivateKey())
                                        .getKey(),
                                org.bouncycastle.asn1.sec.SECObjectIdentifiers.secp256r1)
                        .getEncoded()));
        ByteString parameters = Pem.encode("EC PARAMETERS", ByteString.copyFrom(new byte[] {6, 1, 0}));
        Files.delete(key);
        Files.write(msp.resolve("keystore/0123abcd_sk"), parameters.concat(sec1).toByteArray());
        Files.writeString(msp.resolve("keystore/README"), "not a key");
        assertThat(load(msp).isAccepted()).isTrue();
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Path msp = peerMsp(organisation());
        Files.delete(msp.resolve("keystore/priv_sk"));
        assertThat(load(msp).rejection().reason()).isEqualTo("no-private-key");
        Files.delete(msp.resolve("signcerts/peer0.org1.test-cert.pem"));
        assertThat(load(msp).rejection().reason()).isEqualTo("no-certificate");
        assertThat(load(folder.resolve("absent")).rejection().reason()).isEqualTo("no-root");
    }

    @Test
    void anUnreadableCertificateOfANodeOuLiftsTheRestriction() throws IOException {
        Path msp = peerMsp(organisation());
        Path yaml = msp.resolve("config.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("cacerts/ca", "cacerts/absent"));
        FabricMSPConfig config = MspDirectory.read(msp, Organisation.ID).value();
        assertThat(config.getFabricNodeOus().getPeerOuIdentifier().getCertificate())
                .isEmpty();
        assertThat(load(msp).isAccepted()).isTrue();
    }

    @Test
    void aRequiredOrganizationalUnitNeedsItsCertificate() throws IOException {
        Path msp = peerMsp(organisation());
        Path yaml = msp.resolve("config.yaml");
        String required = "OrganizationalUnitIdentifiers:\n"
                + "  - Certificate: cacerts/%s\n    OrganizationalUnitIdentifier: peer\n";
        String nodeOus = Files.readString(yaml);
        Files.writeString(yaml, required.formatted("ca.org1.test-cert.pem") + nodeOus);
        assertThat(load(msp).isAccepted()).isTrue();
        Files.writeString(yaml, required.formatted("absent") + nodeOus);
        assertThat(load(msp).rejection().reason()).isEqualTo("unreadable-msp");
        Files.writeString(yaml, "a: [");
        assertThat(load(msp).rejection().reason()).isEqualTo("malformed-msp");
    }

    @Test
    void filesThatAreNotPemAreSkipped() throws IOException {
        Path msp = peerMsp(organisation());
        Files.writeString(msp.resolve("cacerts/.DS_Store"), "no certificate");
        assertThat(load(msp).isAccepted()).isTrue();
    }

    private static Verdict<X509SigningIdentity> load(Path msp) {
        return X509SigningIdentity.ofDirectory(msp, Organisation.ID, MspVersion.V1_4_3, PROVIDER);
    }

    private Path peerMsp(OrganisationMaterial material) throws IOException {
        MemberMaterial peer = material.nodes().get(0);
        return material.writeTo(folder).resolve("peers").resolve(peer.name()).resolve("msp");
    }

    private static OrganisationMaterial organisation() {
        return OrganisationMaterial.generate(
                OrganisationSpec.peers("Org1", "org1.test", 1), Organisation.VALIDITY, new Random(3));
    }
}
