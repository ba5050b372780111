package dev.grapevine.crypto.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.crypto.Fixtures;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.msp.NodeRole;
import dev.grapevine.crypto.msp.X509SigningIdentity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrganisationMaterialTest {
    private static final Validity VALIDITY = Validity.startingNow(Instant.parse("2026-11-21T12:34:56Z"));
    private static final MspId ORG1 = new MspId("Org1MSP");
    private static final SignatureProvider PROVIDER = SignatureProvider.bouncyCastle();

    @TempDir
    private Path folder;

    @Test
    void theSameSeedMakesTheSameBytes() throws IOException {
        Path one = generate(OrganisationSpec.peers("Org1", "org1.lab", 2), 5).writeTo(folder.resolve("one"));
        Path two = generate(OrganisationSpec.peers("Org1", "org1.lab", 2), 5).writeTo(folder.resolve("two"));
        assertThat(files(one)).isEqualTo(files(two)).hasSizeGreaterThan(30);
        for (String file : files(one)) {
            assertThat(one.resolve(file)).hasSameBinaryContentAs(two.resolve(file));
        }
    }

    @Test
    void anotherSeedMakesOtherKeys() {
        OrganisationSpec spec = OrganisationSpec.peers("Org1", "org1.lab", 1);
        assertThat(generate(spec, 1).authority().own().keyPem())
                .isNotEqualTo(generate(spec, 2).authority().own().keyPem());
    }

    @Test
    void everyMemberIsValidAndHasItsRole() {
        OrganisationMaterial organisation = generate(OrganisationSpec.peers("Org1", "org1.lab", 2), 5);
        Msp msp = Msp.of(organisation.mspConfig(ORG1), MspVersion.V1_4_3, PROVIDER)
                .value();
        assertThat(organisation.customaryMspId()).isEqualTo(ORG1);
        assertThat(organisation.nodes()).extracting(MemberMaterial::role).containsOnly(NodeRole.PEER);
        Stream.concat(organisation.nodes().stream(), organisation.users().stream())
                .forEach(member -> {
                    X509SigningIdentity identity =
                            member.identity().signingIdentity(msp, PROVIDER).value();
                    assertThat(identity.identity().organizationalUnits())
                            .extracting(unit -> unit.name())
                            .containsExactly(member.role().unit());
                });
        assertThat(organisation.admin().name()).isEqualTo("Admin@org1.lab");
    }

    @Test
    void withoutNodeOusTheAdministratorIsNamedByCertificate() throws IOException {
        OrganisationSpec spec = CryptoConfig.parse("PeerOrgs: [{Name: Org1, Domain: org1.lab, Template: {Count: 1}}]")
                .get(0);
        OrganisationMaterial organisation = generate(spec, 5);
        Path written = organisation.writeTo(folder);
        assertThat(written.resolve("msp/admincerts/Admin@org1.lab-cert.pem")).exists();
        assertThat(written.resolve("msp/config.yaml")).doesNotExist();
        assertThat(X509SigningIdentity.ofDirectory(
                                written.resolve("peers/peer0.org1.lab/msp"), ORG1, MspVersion.V1_4_3, PROVIDER)
                        .isAccepted())
                .isTrue();
    }

    @Test
    void tlsCertificatesAreGoodForBothEndsAndAllNames() throws Exception {
        OrganisationMaterial organisation = generate(OrganisationSpec.orderers("Orderer", "orderer.lab", 1), 5);
        X509Certificate tls = organisation.nodes().get(0).tls().certificate();
        assertThat(tls.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(tls.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactly("orderer0.orderer.lab", "orderer0", "localhost", "127.0.0.1");
        tls.verify(
                organisation.tlsAuthority().own().certificate().getPublicKey(),
                new org.bouncycastle.jce.provider.BouncyCastleProvider());
    }

    @Test
    void privateKeysAreForTheirOwnerOnly() throws IOException {
        Path written =
                generate(OrganisationSpec.peers("Org1", "org1.lab", 1), 5).writeTo(folder);
        Path key = written.resolve("peers/peer0.org1.lab/msp/keystore/priv_sk");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void writesTheFilesThatCryptogenWrites() throws IOException {
        Path recorded = Fixtures.material(folder.resolve("recorded"));
        for (OrganisationSpec spec : CryptoConfig.parse(CryptoConfigTest.LAB)) {
            Path written = generate(spec, 5).writeTo(folder.resolve("made"));
            Path original = recorded.resolve(folder.resolve("made").relativize(written));
            assertThat(files(written)).isEqualTo(files(original));
            assertThat(written.resolve("msp/config.yaml")).hasSameTextualContentAs(original.resolve("msp/config.yaml"));
        }
    }

    @Test
    void certificatesHaveTheExtensionsOfCryptogens() throws Exception {
        Path recorded = Fixtures.material(folder).resolve("peerOrganizations/org1.lab");
        OrganisationMaterial made =
                generate(CryptoConfig.parse(CryptoConfigTest.LAB).get(0), 5);
        MemberMaterial peer = made.nodes().get(0);
        assertAlike(made.authority().own().certificate(), recorded.resolve("ca/ca.org1.lab-cert.pem"));
        assertAlike(
                peer.identity().certificate(),
                recorded.resolve("peers/peer0.org1.lab/msp/signcerts/peer0.org1.lab-cert.pem"));
        assertAlike(peer.tls().certificate(), recorded.resolve("peers/peer0.org1.lab/tls/server.crt"));
    }

    private static void assertAlike(X509Certificate made, Path file) throws Exception {
        try (var stream = Files.newInputStream(file)) {
            X509Certificate original = (X509Certificate)
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(stream);
            assertThat(made.getSubjectX500Principal()).isEqualTo(original.getSubjectX500Principal());
            assertThat(made.getIssuerX500Principal()).isEqualTo(original.getIssuerX500Principal());
            assertThat(made.getCriticalExtensionOIDs()).isEqualTo(original.getCriticalExtensionOIDs());
            assertThat(made.getNonCriticalExtensionOIDs()).isEqualTo(original.getNonCriticalExtensionOIDs());
            assertThat(made.getKeyUsage()).isEqualTo(original.getKeyUsage());
            assertThat(made.getExtendedKeyUsage()).isEqualTo(original.getExtendedKeyUsage());
            assertThat(made.getBasicConstraints()).isEqualTo(original.getBasicConstraints());
            assertThat(made.getExtensionValue("2.5.29.17")).isEqualTo(original.getExtensionValue("2.5.29.17"));
        }
    }

    private static OrganisationMaterial generate(OrganisationSpec spec, long seed) {
        return OrganisationMaterial.generate(spec, VALIDITY, new Random(seed));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
