package dev.grapevine.crypto;

import static dev.grapevine.crypto.MadeChannel.ORDERERS;
import static dev.grapevine.crypto.MadeChannel.ORG1;
import static dev.grapevine.crypto.MadeChannel.ORG2;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.generate.OrganisationMaterial;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import java.util.List;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.junit.jupiter.api.Test;

class NetworkTrustTest {
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("message");
    private static final ChannelId OTHER = new ChannelId("other");

    private final NetworkTrust trust = new NetworkTrust(MadeChannel.msp(ORG1));

    private boolean verifies(SigningIdentity signer) {
        return trust.verify(signer.serialized(), signer.sign(MESSAGE), MESSAGE);
    }

    private static SignedData signed(SigningIdentity signer) {
        return new SignedData(signer.serialized(), MESSAGE, signer.sign(MESSAGE));
    }

    /** The channel's configuration with Org1's MSP replaced. */
    private static ChannelConfig withOrg1(FabricMSPConfig msp) {
        ConfigGroup root = MadeChannel.config().message().getChannelGroup();
        ConfigGroup application = root.getGroupsOrThrow("Application");
        ConfigValue value = ConfigValue.newBuilder()
                .setModPolicy("Admins")
                .setValue(MSPConfig.newBuilder()
                        .setConfig(msp.toByteString())
                        .build()
                        .toByteString())
                .build();
        ConfigGroup org1 = application.getGroupsOrThrow("Org1").toBuilder()
                .putValues("MSP", value)
                .build();
        ConfigGroup changed = root.toBuilder()
                .putGroups(
                        "Application",
                        application.toBuilder().putGroups("Org1", org1).build())
                .build();
        Config config = Config.newBuilder().setChannelGroup(changed).build();
        return ChannelConfig.of(MadeChannel.NAME, config, MadeChannel.PROVIDER).value();
    }

    private static ChannelConfig revoking(OrganisationMaterial organisation, int peer) {
        ByteString list = organisation
                .authority()
                .revocationList(
                        List.of(organisation.nodes().get(peer).identity().serialNumber()));
        return withOrg1(MadeChannel.mspConfig(organisation).toBuilder()
                .addRevocationList(list)
                .build());
    }

    @Test
    void knowsItsOwnOrganisationBeforeItJoinsAnything() {
        assertThat(verifies(MadeChannel.peer(ORG1, 0))).isTrue();
        assertThat(verifies(MadeChannel.peer(ORG2, 0))).isFalse();
        assertThat(trust.organisationOf(MadeChannel.peer(ORG2, 0).serialized())).isEmpty();
    }

    @Test
    void knowsOtherOrganisationsThroughItsChannelsUntilItLeaves() {
        SigningIdentity foreign = MadeChannel.peer(ORG2, 0);
        trust.apply(MadeChannel.NAME, MadeChannel.config(), 0);

        assertThat(verifies(foreign)).isTrue();
        assertThat(trust.organisationOf(foreign.serialized())).contains(MadeChannel.mspId(ORG2));
        assertThat(trust.validate(foreign.serialized()).value().pkiId()).isEqualTo(foreign.pkiId());

        trust.leave(MadeChannel.NAME);

        assertThat(verifies(foreign)).isFalse();
        assertThat(trust.validate(foreign.serialized()).isAccepted()).isFalse();
    }

    @Test
    void refusesSignaturesThatAreNotOverTheMessage() {
        trust.apply(MadeChannel.NAME, MadeChannel.config(), 0);
        for (SigningIdentity signer : List.of(MadeChannel.peer(ORG1, 0), MadeChannel.peer(ORG2, 0))) {
            ByteString other = signer.sign(ByteString.copyFromUtf8("another"));
            assertThat(trust.verify(signer.serialized(), other, MESSAGE)).isFalse();
            assertThat(trust.verify(signer.serialized(), ByteString.EMPTY, MESSAGE))
                    .isFalse();
            assertThat(trust.verify(ByteString.EMPTY, signer.sign(MESSAGE), MESSAGE))
                    .isFalse();
            assertThat(trust.verifyByChannel(MadeChannel.NAME, signer.serialized(), other, MESSAGE))
                    .isFalse();
        }
    }

    @Test
    void refusesForeignMembersWhoMayNotReadAnySharedChannel() {
        trust.apply(MadeChannel.NAME, MadeChannel.config(), 0);
        SigningIdentity orderer = MadeChannel.peer(ORDERERS, 0);

        assertThat(trust.validate(orderer.serialized()).isAccepted()).isTrue();
        assertThat(verifies(orderer)).isFalse();
    }

    @Test
    void verifiesByOneChannelOnlyWhereItIsJoined() {
        SigningIdentity signer = MadeChannel.peer(ORG2, 0);
        trust.apply(MadeChannel.NAME, MadeChannel.config(), 0);

        assertThat(trust.verifyByChannel(MadeChannel.NAME, signer.serialized(), signer.sign(MESSAGE), MESSAGE))
                .isTrue();
        assertThat(trust.verifyByChannel(OTHER, signer.serialized(), signer.sign(MESSAGE), MESSAGE))
                .isFalse();
        assertThat(trust.verifyBlock(OTHER, 1, ByteString.EMPTY))
                .isInstanceOfSatisfying(
                        BlockVerdict.Refused.class,
                        refused -> assertThat(refused.why().reason()).isEqualTo("unknown-channel"));
    }

    @Test
    void obeysAChannelThatRevokesAPeerOfItsOwnOrganisation() {
        SigningIdentity revoked = MadeChannel.peer(ORG1, 1);
        trust.apply(OTHER, MadeChannel.config(), 0);
        trust.apply(MadeChannel.NAME, MadeChannel.config(), 0);
        assertThat(verifies(revoked)).isTrue();

        trust.apply(MadeChannel.NAME, revoking(ORG1, 1), 4);

        assertThat(verifies(revoked)).isFalse();
        assertThat(trust.validate(revoked.serialized()).rejection().reason()).isEqualTo("revoked-identity");
        assertThat(verifies(MadeChannel.peer(ORG1, 0))).isTrue();
    }

    @Test
    void letsOneChannelVouchForOwnPeersThatAnotherDoesNotKnowYet() {
        FabricMSPConfig unrelated =
                MadeChannel.mspConfig(ORG2).toBuilder().setName("Org1MSP").build();
        SigningIdentity peer = MadeChannel.peer(ORG1, 0);

        trust.apply(MadeChannel.NAME, withOrg1(unrelated), 0);
        assertThat(verifies(peer)).isFalse();

        trust.apply(OTHER, MadeChannel.config(), 0);
        assertThat(verifies(peer)).isTrue();
    }

    @Test
    void checksServicesCallersByPolicyAndRole() {
        trust.apply(MadeChannel.NAME, MadeChannel.config(), 0);

        assertThat(trust.evaluate(MadeChannel.NAME, ChannelConfig.READERS, signed(MadeChannel.user(ORG2)))
                        .isAccepted())
                .isTrue();
        assertThat(trust.evaluate(MadeChannel.NAME, "/Channel/Application/Org1/Admins", signed(MadeChannel.user(ORG1)))
                        .rejection())
                .extracting(Rejection::reason)
                .isEqualTo("policy-not-satisfied");
        assertThat(trust.evaluate(OTHER, ChannelConfig.READERS, signed(MadeChannel.user(ORG1)))
                        .isAccepted())
                .isFalse();
        assertThat(trust.evaluateLocalMember(signed(MadeChannel.user(ORG1))).isAccepted())
                .isTrue();
        assertThat(trust.evaluateLocalMember(signed(MadeChannel.user(ORG2))).isAccepted())
                .isFalse();
        assertThat(trust.evaluateLocalAdmin(signed(MadeChannel.user(ORG1))).isAccepted())
                .isFalse();
        assertThat(trust.evaluateLocalAdmin(signed(MadeChannel.admin(ORG1))).isAccepted())
                .isTrue();
    }
}
