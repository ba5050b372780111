package dev.grapevine.crypto.msp;

import static dev.grapevine.crypto.msp.Organisation.identity;
import static dev.grapevine.crypto.msp.Organisation.role;
import static dev.grapevine.crypto.msp.Organisation.serialized;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.generate.CertificateAuthority;
import dev.grapevine.crypto.generate.IssuedCertificate;
import dev.grapevine.crypto.generate.SubjectTemplate;
import dev.grapevine.crypto.generate.Validity;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.junit.jupiter.api.Test;

class MembershipRulesTest {
    private final Organisation organisation = new Organisation();
    private final CertificateAuthority authority = organisation.authority();
    private final Msp msp = organisation.msp();

    @Test
    void aMemberWithOneRoleIsValidAndHasThatRoleOnly() {
        Identity peer = identity(msp, authority.issueIdentity("peer9", NodeRole.PEER));
        assertThat(peer.validate()).isEmpty();
        assertThat(peer.satisfies(role(MSPRoleType.PEER))).isEmpty();
        assertThat(peer.satisfies(role(MSPRoleType.MEMBER))).isEmpty();
        assertThat(peer.satisfies(role(MSPRoleType.ADMIN)))
                .map(Rejection::reason)
                .contains("not-admin");
    }

    @Test
    void aMemberMustHaveExactlyOneRole() {
        assertThat(fault(authority.issueIdentity("x", List.of()))).isEqualTo("no-role");
        assertThat(fault(authority.issueIdentity("x", List.of("dept1")))).isEqualTo("no-role");
        assertThat(fault(authority.issueIdentity("x", List.of("peer", "client"))))
                .isEqualTo("several-roles");
        assertThat(fault(authority.issueIdentity("x", List.of("peer", "peer")))).isEqualTo("several-roles");
    }

    @Test
    void expiryIsNotPartOfValidation() {
        Instant start = Organisation.VALIDITY.notBefore();
        Identity expired = identity(
                msp,
                authority
                        .withValidity(new Validity(start, start.plusSeconds(5)))
                        .issueIdentity("old", NodeRole.PEER));
        assertThat(expired.validate()).isEmpty();
        assertThat(expired.notAfter()).isEqualTo(start.plusSeconds(5));
    }

    @Test
    void aCertificateOlderThanItsAuthorityHasNoChain() {
        Instant start = Organisation.VALIDITY.notBefore();
        IssuedCertificate early = authority
                .withValidity(new Validity(start.minusSeconds(60), start.plusSeconds(60)))
                .issueIdentity("early", NodeRole.PEER);
        assertThat(msp.deserialize(serialized(early.pem())).rejection().reason())
                .isEqualTo("unknown-authority");
    }

    @Test
    void whatARevocationListOfTheIssuerNamesIsRevoked() {
        IssuedCertificate stolen = authority.issueIdentity("stolen", NodeRole.PEER);
        IssuedCertificate good = authority.issueIdentity("good", NodeRole.PEER);
        ByteString list = authority.revocationList(List.of(stolen.serialNumber()));
        Msp strict = organisation
                .setUp(MspVersion.V1_4_3, config -> config.addRevocationList(list))
                .value();
        assertThat(identity(strict, stolen).validate()).map(Rejection::reason).contains("revoked-identity");
        assertThat(identity(strict, good).validate()).isEmpty();
        assertThat(identity(msp, stolen).validate()).isEmpty();
    }

    @Test
    void aRevocationListOfAnotherAuthorityRevokesNothing() {
        IssuedCertificate peer = authority.issueIdentity("peer", NodeRole.PEER);
        ByteString list = stranger().revocationList(List.of(peer.serialNumber()));
        Msp other = organisation
                .setUp(MspVersion.V1_4_3, config -> config.addRevocationList(list))
                .value();
        assertThat(identity(other, peer).validate()).isEmpty();
    }

    @Test
    void membersOfAnIntermediateAreValidAndThoseOfItsRootNoLonger() {
        CertificateAuthority intermediate = authority.intermediate("org1.test", "ica.org1.test");
        Msp tree = organisation
                .setUp(
                        MspVersion.V1_4_3,
                        config -> config.addIntermediateCerts(intermediate.own().pem())
                                .clearFabricNodeOus()
                                .addAdmins(intermediate
                                        .issueIdentity("admin", List.of())
                                        .pem()))
                .value();
        assertThat(identity(tree, intermediate.issueIdentity("leaf", List.of())).validate())
                .isEmpty();
        assertThat(identity(tree, authority.issueIdentity("leaf", List.of())).validate())
                .map(Rejection::reason)
                .contains("inner-authority");
    }

    @Test
    void strangersAndAuthoritiesAreNoMembers() {
        ByteString stranger =
                serialized(stranger().issueIdentity("x", NodeRole.PEER).pem());
        assertThat(msp.deserialize(stranger).rejection().reason()).isEqualTo("unknown-authority");
        assertThat(fault(authority.own())).isEqualTo("authority-as-identity");
        assertThat(msp.deserialize(ByteString.copyFromUtf8("\u0001\u0002"))
                        .rejection()
                        .reason())
                .isEqualTo("malformed-identity");
        SerializedIdentity other = SerializedIdentity.newBuilder()
                .setMspid("Org2MSP")
                .setIdBytes(authority.issueIdentity("x", NodeRole.PEER).pem())
                .build();
        assertThat(msp.deserialize(other).rejection().reason()).isEqualTo("other-organisation");
    }

    @Test
    void aTextThatIsNotExactlyOneCertificateIsNotWellFormed() {
        ByteString pem = authority.issueIdentity("x", NodeRole.PEER).pem();
        assertThat(Identity.wellFormed(pem)).isEmpty();
        assertThat(Identity.wellFormed(pem.concat(pem))).isPresent();
        assertThat(Identity.wellFormed(pem.concat(ByteString.copyFromUtf8("\n"))))
                .isPresent();
        String wrongType = pem.toStringUtf8().replace("CERTIFICATE", "PUBLIC KEY");
        assertThat(Identity.wellFormed(ByteString.copyFromUtf8(wrongType))).isPresent();
        assertThat(Identity.wellFormed(ByteString.copyFromUtf8("hello"))).isPresent();
    }

    @Test
    void thePkiIdIsTheHashOfBothFieldsAsReceived() {
        SerializedIdentity identity = SerializedIdentity.newBuilder()
                .setMspid("Org1MSP")
                .setIdBytes(ByteString.copyFromUtf8("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
                .build();
        assertThat(PkiId.of(identity).hex())
                .isEqualTo("badba4ea0025a37e5272c4610d25228e4ce65e57ea290893a7d9e61e9bca14bb");
    }

    @Test
    void remembersWhatItFoundOut() {
        ByteString serialized =
                serialized(authority.issueIdentity("peer", NodeRole.PEER).pem());
        assertThat(msp.deserialize(serialized).value())
                .isSameAs(msp.deserialize(serialized).value());
    }

    @Test
    void theIdentifierIsTheHashOfTheCertificate() throws Exception {
        IssuedCertificate peer = authority.issueIdentity("peer", NodeRole.PEER);
        assertThat(Hex.of(identity(msp, peer).identifier()))
                .isEqualTo(Hex.of(dev.grapevine.proto.Sha256.of(
                        ByteString.copyFrom(peer.certificate().getEncoded()))));
    }

    @Test
    void anUnattributedConfigurationIsRefused() {
        Verdict<Msp> noRoot = organisation.setUp(MspVersion.V1_4_3, config -> config.clearRootCerts());
        assertThat(noRoot.rejection().reason()).isEqualTo("no-root");
        Verdict<Msp> noAdmins = organisation.setUp(MspVersion.V1_4_3, config -> config.clearFabricNodeOus());
        assertThat(noAdmins.rejection().reason()).isEqualTo("no-admins");
        Verdict<Msp> badList = organisation.setUp(
                MspVersion.V1_4_3, config -> config.addRevocationList(ByteString.copyFromUtf8("no list")));
        assertThat(badList.rejection().reason()).isEqualTo("malformed-crl");
        Verdict<Msp> noName = organisation.setUp(MspVersion.V1_4_3, config -> config.setName(""));
        assertThat(noName.rejection().reason()).isEqualTo("malformed-msp");
        assertThat(organisation
                        .setUp(MspVersion.V1_4_3, UnaryOperator.identity())
                        .isAccepted())
                .isTrue();
    }

    private String fault(IssuedCertificate certificate) {
        return identity(msp, certificate).validate().map(Rejection::reason).orElse("none");
    }

    private static CertificateAuthority stranger() {
        return CertificateAuthority.root(
                "org1.test", "ca.org1.test", SubjectTemplate.defaults(), Organisation.VALIDITY, new Random(99));
    }
}
