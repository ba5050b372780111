package dev.grapevine.crypto.config;

import static dev.grapevine.crypto.MadeChannel.ORDERERS;
import static dev.grapevine.crypto.MadeChannel.ORG1;
import static dev.grapevine.crypto.MadeChannel.ORG2;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.MadeChannel;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.generate.ConfigChange;
import dev.grapevine.proto.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.peer.AnchorPeer;
import org.hyperledger.fabric.protos.peer.AnchorPeers;
import org.junit.jupiter.api.Test;

class ConfigUpdateTest {
    private final ChannelConfig current = MadeChannel.config();

    private static UnaryOperator<ConfigGroup> in(String name, UnaryOperator<ConfigGroup> change) {
        return group -> group.toBuilder()
                .putGroups(name, change.apply(group.getGroupsOrThrow(name)))
                .build();
    }

    private static UnaryOperator<ConfigGroup> setting(String name, ByteString value) {
        return group -> group.toBuilder()
                .putValues(
                        name,
                        ConfigValue.newBuilder()
                                .setModPolicy("Admins")
                                .setValue(value)
                                .build())
                .build();
    }

    private static final UnaryOperator<ConfigGroup> SLOWER_BATCHES = in(
            "Orderer",
            setting(
                    "BatchTimeout",
                    BatchTimeout.newBuilder().setTimeout("1m0.5s").build().toByteString()));

    private static final UnaryOperator<ConfigGroup> ANCHOR_OF_ORG2 = in(
            "Application",
            in(
                    "Org2",
                    setting(
                            "AnchorPeers",
                            AnchorPeers.newBuilder()
                                    .addAnchorPeers(AnchorPeer.newBuilder()
                                            .setHost("peer0.org2")
                                            .setPort(7051))
                                    .build()
                                    .toByteString())));

    private static List<SigningIdentity> admins(SigningIdentity... administrators) {
        return List.of(administrators);
    }

    private ConfigEnvelope proposed(UnaryOperator<ConfigGroup> change, List<SigningIdentity> administrators) {
        ConfigChange made =
                ConfigChange.between(current, change.apply(current.message().getChannelGroup()));
        return made.resultOf(made.signedBy(administrators));
    }

    private String reasonOf(ConfigEnvelope envelope) {
        return current.next(envelope).rejection().reason();
    }

    private static ConfigEnvelope withGroup(ConfigEnvelope envelope, UnaryOperator<ConfigGroup> change) {
        ConfigEnvelope.Builder altered = envelope.toBuilder();
        altered.getConfigBuilder()
                .setChannelGroup(change.apply(envelope.getConfig().getChannelGroup()));
        return altered.build();
    }

    @Test
    void acceptsAChangeThatTheElementsAdministratorsSigned() {
        Verdict<ChannelConfig> next =
                current.next(MadeChannel.configBlock(current, 1, SLOWER_BATCHES, admins(MadeChannel.admin(ORDERERS))));

        assertThat(next.value().sequence()).isEqualTo(1);
        assertThat(next.value().orderer().orElseThrow().batch().timeout()).isEqualTo(Duration.ofMillis(60_500));
    }

    @Test
    void acceptsANewElementInAGroupOfItsAdministrators() {
        ChannelConfig next = current.next(proposed(ANCHOR_OF_ORG2, admins(MadeChannel.admin(ORG2))))
                .value();

        assertThat(next.application().organisations().get("Org2").anchorPeers()).hasToString("[peer0.org2:7051]");
    }

    @Test
    void acceptsAnOrganisationLeavingIfTheMajorityAgrees() {
        UnaryOperator<ConfigGroup> leave = in(
                "Application", group -> group.toBuilder().removeGroups("Org2").build());

        assertThat(reasonOf(proposed(leave, admins(MadeChannel.admin(ORG1))))).isEqualTo("unauthorised-config-update");
        ChannelConfig next = current.next(proposed(leave, admins(MadeChannel.admin(ORG1), MadeChannel.admin(ORG2))))
                .value();
        assertThat(next.application().organisations()).containsOnlyKeys("Org1");
        assertThat(next.msps().msp(MadeChannel.mspId(ORG2))).isEmpty();
    }

    @Test
    void refusesAChangeThatTheWrongPeopleSigned() {
        assertThat(reasonOf(proposed(SLOWER_BATCHES, admins(MadeChannel.admin(ORG1), MadeChannel.admin(ORG2)))))
                .isEqualTo("unauthorised-config-update");
        assertThat(reasonOf(proposed(SLOWER_BATCHES, admins(MadeChannel.peer(ORDERERS, 0)))))
                .isEqualTo("unauthorised-config-update");
    }

    @Test
    void refusesAResultThatTheUpdateDoesNotGive() {
        ConfigEnvelope good = proposed(SLOWER_BATCHES, MadeChannel.allAdmins());

        assertThat(reasonOf(withGroup(good, ANCHOR_OF_ORG2))).isEqualTo("config-not-from-update");
    }

    @Test
    void refusesUpdatesMadeForAnotherConfiguration() {
        ConfigEnvelope good = proposed(SLOWER_BATCHES, MadeChannel.allAdmins());
        ChannelConfig next = current.next(good).value();
        ConfigEnvelope.Builder replayed = good.toBuilder();
        replayed.getConfigBuilder().setSequence(2);

        assertThat(next.next(replayed.build()).rejection().reason()).isEqualTo("wrong-element-version");
        assertThat(next.next(good).rejection().reason()).isEqualTo("wrong-config-sequence");
    }

    @Test
    void refusesAnUpdateThatReadWhatIsNotThere() {
        UnaryOperator<ConfigGroup> join = in(
                "Application",
                group -> group.toBuilder()
                        .putGroups("Org3", group.getGroupsOrThrow("Org2"))
                        .build());
        UnaryOperator<ConfigGroup> leave = in(
                "Application", group -> group.toBuilder().removeGroups("Org2").build());
        ConfigEnvelope stale = proposed(join, MadeChannel.allAdmins()).toBuilder()
                .setConfig(proposed(leave, MadeChannel.allAdmins()).getConfig().toBuilder()
                        .setSequence(2))
                .build();
        ChannelConfig without =
                current.next(proposed(leave, MadeChannel.allAdmins())).value();

        assertThat(without.next(stale).rejection().reason()).isEqualTo("stale-config-update");
    }

    @Test
    void refusesAnUpdateThatChangesNothingOrIsMissing() {
        ConfigEnvelope none = proposed(UnaryOperator.identity(), MadeChannel.allAdmins());

        assertThat(reasonOf(none)).isEqualTo("empty-config-update");
        assertThat(reasonOf(none.toBuilder().clearLastUpdate().build())).isEqualTo("no-config-update");
        assertThat(reasonOf(ConfigEnvelope.getDefaultInstance())).isEqualTo("wrong-config-sequence");
        assertThat(reasonOf(none.toBuilder()
                        .setLastUpdate(none.getLastUpdate().toBuilder().setPayload(ByteString.copyFromUtf8("x")))
                        .build()))
                .isEqualTo("malformed-config-update");
    }

    @Test
    void refusesElementsThatNobodyCouldEverChange() {
        UnaryOperator<ConfigGroup> orphan = group -> group.toBuilder()
                .putPolicies(
                        "Mine",
                        ConfigPolicy.newBuilder(group.getPoliciesOrThrow("Admins"))
                                .setModPolicy("")
                                .build())
                .build();

        assertThat(reasonOf(proposed(orphan, MadeChannel.allAdmins()))).isEqualTo("no-mod-policy");
    }

    @Test
    void refusesToLoseTheOrderersOrToRenameAnMsp() {
        UnaryOperator<ConfigGroup> noOrderers =
                group -> group.toBuilder().removeGroups("Orderer").build();
        UnaryOperator<ConfigGroup> renamed = in(
                "Application",
                group -> group.toBuilder()
                        .putGroups("Org1", group.getGroupsOrThrow("Org2"))
                        .build());

        assertThat(reasonOf(proposed(noOrderers, MadeChannel.allAdmins()))).isEqualTo("orderer-section-removed");
        assertThat(reasonOf(proposed(renamed, MadeChannel.allAdmins()))).isEqualTo("msp-id-changed");
    }

    @Test
    void refusesACapabilityItDoesNotKnowAndNamesIt() {
        ByteString future = org.hyperledger.fabric.protos.common.Capabilities.newBuilder()
                .putCapabilities("V9_9", org.hyperledger.fabric.protos.common.Capability.getDefaultInstance())
                .build()
                .toByteString();
        ConfigEnvelope proposed = proposed(in("Application", setting("Capabilities", future)), MadeChannel.allAdmins());

        assertThat(current.next(proposed).rejection().reason()).isEqualTo("unsupported-capability");
        assertThat(current.next(proposed).rejection().detail()).contains("V9_9");
    }
}
