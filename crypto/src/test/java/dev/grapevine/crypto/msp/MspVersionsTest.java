package dev.grapevine.crypto.msp;

import static dev.grapevine.crypto.msp.Organisation.identity;
import static dev.grapevine.crypto.msp.Organisation.role;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.generate.IssuedCertificate;
import dev.grapevine.crypto.sign.HashFamily;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.Rejection;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.hyperledger.fabric.protos.common.CombinedPrincipal;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.msp.FabricCryptoConfig;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.junit.jupiter.api.Test;

class MspVersionsTest {
    private static final UnaryOperator<FabricMSPConfig.Builder> AS_IS = UnaryOperator.identity();

    private final Organisation organisation = new Organisation();

    @Test
    void version10KnowsNoNodeOus() {
        Msp msp = organisation.setUp(MspVersion.V1_0, AS_IS).value();
        Identity anyone = identity(msp, organisation.authority().issueIdentity("x", List.of()));
        assertThat(anyone.validate()).isEmpty();
        assertThat(anyone.satisfies(role(MSPRoleType.PEER))).isPresent();
    }

    @Test
    void version11KnowsClientsAndPeersOnly() {
        Msp msp = organisation.setUp(MspVersion.V1_1, AS_IS).value();
        assertThat(member(msp, NodeRole.PEER).validate()).isEmpty();
        assertThat(member(msp, NodeRole.CLIENT).satisfies(role(MSPRoleType.CLIENT)))
                .isEmpty();
        assertThat(member(msp, NodeRole.ADMIN).validate())
                .map(Rejection::reason)
                .contains("no-role");
        assertThat(member(msp, NodeRole.ORDERER).validate())
                .map(Rejection::reason)
                .contains("no-role");
    }

    @Test
    void adminsOfVersion13AreClientsThatAreNamedByCertificate() {
        IssuedCertificate client = organisation.authority().issueIdentity("c", NodeRole.CLIENT);
        IssuedCertificate peer = organisation.authority().issueIdentity("p", NodeRole.PEER);
        Msp msp = organisation
                .setUp(MspVersion.V1_3, config -> config.addAdmins(client.pem()))
                .value();
        assertThat(identity(msp, client).satisfies(role(MSPRoleType.ADMIN))).isEmpty();
        assertThat(organisation
                        .setUp(MspVersion.V1_3, config -> config.addAdmins(peer.pem()))
                        .isAccepted())
                .isFalse();
    }

    @Test
    void combinedPrincipalsExistFromVersion13On() {
        MSPPrincipal both = combined(role(MSPRoleType.MEMBER), role(MSPRoleType.PEER));
        Msp old = organisation.setUp(MspVersion.V1_1, AS_IS).value();
        Msp current = organisation.setUp(MspVersion.V1_3, AS_IS).value();
        assertThat(member(old, NodeRole.PEER).satisfies(both)).isPresent();
        assertThat(member(current, NodeRole.PEER).satisfies(both)).isEmpty();
        assertThat(member(current, NodeRole.CLIENT).satisfies(both)).isPresent();
    }

    @Test
    void principalsCannotBeNestedWithoutEnd() {
        MSPPrincipal nested = role(MSPRoleType.MEMBER);
        for (int i = 0; i < 20_000; i++) {
            nested = combined(nested);
        }
        assertThat(member(organisation.msp(), NodeRole.PEER).satisfies(nested))
                .map(Rejection::reason)
                .contains("malformed-principal");
    }

    @Test
    void ordererRoleExistsFromVersion143On() {
        Msp old = organisation.setUp(MspVersion.V1_3, AS_IS).value();
        assertThat(member(organisation.msp(), NodeRole.ORDERER).satisfies(role(MSPRoleType.ORDERER)))
                .isEmpty();
        assertThat(member(old, NodeRole.PEER).satisfies(role(MSPRoleType.ORDERER)))
                .map(Rejection::reason)
                .contains("unknown-principal");
    }

    @Test
    void edwardsKeysAreGoodFromVersion30On() throws Exception {
        KeyPair key = KeyPairGenerator.getInstance("Ed25519", new BouncyCastleProvider())
                .generateKeyPair();
        ByteString pem = certify(key);
        Msp current = organisation.setUp(MspVersion.V3_0, AS_IS).value();
        assertThat(organisation.msp().deserialize(Organisation.serialized(pem)).isAccepted())
                .isFalse();
        X509SigningIdentity member = X509SigningIdentity.of(
                        current, pem, key.getPrivate(), SignatureProvider.bouncyCastle())
                .value();
        ByteString message = ByteString.copyFromUtf8("message");
        assertThat(member.identity().verify(member.sign(message), message)).isTrue();
        assertThat(member.identity().verify(member.sign(message), ByteString.EMPTY))
                .isFalse();
    }

    @Test
    void membersOfVersion30HaveNoRsaKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        ByteString identity = Organisation.serialized(certify(generator.generateKeyPair()));
        Msp current = organisation.setUp(MspVersion.V3_0, AS_IS).value();
        assertThat(organisation.msp().deserialize(identity).value().validate()).isEmpty();
        assertThat(current.deserialize(identity).value().validate())
                .map(Rejection::reason)
                .contains("unsupported-key");
    }

    @Test
    void anMspMayHashWithSha3() {
        Msp msp = organisation
                .setUp(
                        MspVersion.V1_4_3,
                        config -> config.setCryptoConfig(
                                FabricCryptoConfig.newBuilder().setSignatureHashFamily("SHA3")))
                .value();
        IssuedCertificate peer = organisation.authority().issueIdentity("peer", NodeRole.PEER);
        X509SigningIdentity member =
                peer.signingIdentity(msp, SignatureProvider.bouncyCastle()).value();
        ByteString message = ByteString.copyFromUtf8("message");
        ByteString sha2 = SignatureProvider.bouncyCastle()
                .signer(peer.privateKey(), HashFamily.SHA2)
                .sign(message);
        assertThat(member.identity().verify(member.sign(message), message)).isTrue();
        assertThat(member.identity().verify(sha2, message)).isFalse();
    }

    private Identity member(Msp msp, NodeRole role) {
        return identity(msp, organisation.authority().issueIdentity("x", role));
    }

    private static MSPPrincipal combined(MSPPrincipal... parts) {
        return MSPPrincipal.newBuilder()
                .setPrincipalClassification(MSPPrincipal.Classification.COMBINED)
                .setPrincipal(CombinedPrincipal.newBuilder()
                        .addAllPrincipals(List.of(parts))
                        .build()
                        .toByteString())
                .build();
    }

    private ByteString certify(KeyPair key) throws Exception {
        IssuedCertificate issuer = organisation.authority().own();
        X509CertificateHolder certificate = new X509v3CertificateBuilder(
                        X500Name.getInstance(
                                issuer.certificate().getSubjectX500Principal().getEncoded()),
                        java.math.BigInteger.TEN,
                        java.util.Date.from(Organisation.VALIDITY.notBefore()),
                        java.util.Date.from(Organisation.VALIDITY.notAfter()),
                        new X500Name("OU=peer,CN=other key"),
                        SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()))
                .build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .setProvider(new BouncyCastleProvider())
                        .build(issuer.privateKey()));
        return Pem.encode("CERTIFICATE", ByteString.copyFrom(certificate.getEncoded()));
    }
}
