package dev.grapevine.crypto.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.MadeChannel;
import dev.grapevine.proto.Verdict;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.HashingAlgorithm;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelConfigTest {
    private static Verdict<ChannelConfig> read(Consumer<ConfigGroup.Builder> change) {
        ConfigGroup.Builder root = MadeChannel.config().message().getChannelGroup().toBuilder();
        change.accept(root);
        Config config = Config.newBuilder().setChannelGroup(root).build();
        return ChannelConfig.of(MadeChannel.NAME, config, MadeChannel.PROVIDER);
    }

    private static String reason(Consumer<ConfigGroup.Builder> change) {
        return read(change).rejection().reason();
    }

    private static void in(ConfigGroup.Builder group, String name, Consumer<ConfigGroup.Builder> change) {
        ConfigGroup.Builder inner = group.getGroupsOrThrow(name).toBuilder();
        change.accept(inner);
        group.putGroups(name, inner.build());
    }

    private static ConfigValue value(ByteString bytes) {
        return ConfigValue.newBuilder().setValue(bytes).setModPolicy("Admins").build();
    }

    @Test
    void readsWhatAGenesisBlockSays() {
        ChannelConfig config = MadeChannel.config();
        OrdererSection orderer = config.orderer().orElseThrow();

        assertThat(config.channel()).isEqualTo(MadeChannel.NAME);
        assertThat(config.sequence()).isZero();
        assertThat(config.application().organisations()).containsOnlyKeys("Org1", "Org2");
        assertThat(config.application().organisations().get("Org1").anchorPeers())
                .containsExactly(new AnchorPeer("peer0", 7051));
        assertThat(orderer.organisations().get("Orderers").endpoints()).containsExactly("orderer0:7050");
        assertThat(orderer.batch().maxMessages()).isEqualTo(500);
        assertThat(config.policies().find(ChannelConfig.BLOCK_VALIDATION)).isPresent();
    }

    @Test
    void givesTheSameGenesisBlockForTheSameProfile() {
        assertThat(MadeChannel.genesis().toByteString())
                .isEqualTo(MadeChannel.genesis().toByteString());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(reason(root -> root.putValues("Surprise", value(ByteString.EMPTY))))
                .isEqualTo("unknown-config-value");
        assertThat(reason(root -> root.putGroups("Consortiums", ConfigGroup.getDefaultInstance())))
                .isEqualTo("unknown-config-group");
        assertThat(reason(root -> in(
                        root,
                        "Application",
                        group -> in(group, "Org1", org -> org.putGroups("Below", ConfigGroup.getDefaultInstance())))))
                .isEqualTo("unknown-config-group");
        assertThat(reason(root -> root.putValues("in/side", value(ByteString.EMPTY))))
                .isEqualTo("illegal-config-name");
    }

    @Test
    void refusesValuesThatFabricRefuses() {
        assertThat(reason(root -> root.putValues(
                        "HashingAlgorithm",
                        value(HashingAlgorithm.newBuilder()
                                .setName("MD5")
                                .build()
                                .toByteString()))))
                .isEqualTo("unknown-hashing-algorithm");
        assertThat(reason(root -> root.putValues("BlockDataHashingStructure", value(ByteString.EMPTY))))
                .isEqualTo("unknown-hashing-structure");
        assertThat(reason(root -> root.putValues("Capabilities", value(ByteString.copyFromUtf8("?")))))
                .isEqualTo("malformed-config-value");
        assertThat(reason(root -> in(root, "Orderer", group -> group.removeValues("BatchSize"))))
                .isEqualTo("illegal-batch-size");
        assertThat(reason(root -> in(root, "Orderer", group -> group.removeValues("BatchTimeout"))))
                .isEqualTo("illegal-batch-timeout");
        assertThat(reason(root -> root.removeValues("Capabilities"))).isEqualTo("no-orderer-addresses");
        assertThat(reason(root -> in(root, "Orderer", group -> group.removeValues("Capabilities"))))
                .isEqualTo("orderers-lack-capabilities");
        assertThat(reason(root -> root.removeGroups("Application"))).isEqualTo("no-application-section");
    }

    @Test
    void refusesTwoDefinitionsOfOneMsp() {
        MSPConfig other = MSPConfig.newBuilder()
                .setConfig(MadeChannel.mspConfig(MadeChannel.ORG2).toBuilder()
                        .setName("Org1MSP")
                        .build()
                        .toByteString())
                .build();

        assertThat(reason(root -> in(
                        root,
                        "Application",
                        group -> in(group, "Org2", org -> org.putValues("MSP", value(other.toByteString()))))))
                .isEqualTo("contradicting-msps");
    }

    @Test
    void refusesPoliciesThatDoNotCompileAndSaysWhich() {
        Verdict<ChannelConfig> verdict = read(root -> root.putPolicies(
                "Readers", ConfigPolicy.newBuilder().setModPolicy("Admins").build()));

        assertThat(verdict.rejection().reason()).isEqualTo("empty-policy");
        assertThat(verdict.rejection().detail()).startsWith("/Channel/Readers");
    }

    @Test
    void leavesTheOrderersCapabilitiesToTheOrderersAsFabricDoes() {
        ByteString future = org.hyperledger.fabric.protos.common.Capabilities.newBuilder()
                .putCapabilities("V9_9", org.hyperledger.fabric.protos.common.Capability.getDefaultInstance())
                .build()
                .toByteString();

        assertThat(read(root -> in(root, "Orderer", group -> group.putValues("Capabilities", value(future))))
                        .isAccepted())
                .isTrue();
        assertThat(reason(root -> root.putValues("Capabilities", value(future))))
                .isEqualTo("unsupported-capability");
    }

    @ParameterizedTest
    @CsvSource({"2s, 2000", "500ms, 500", "1h2m3.5s, 3723500", "+1.5s, 1500", ".5s, 500", "1m0s, 60000"})
    void readsDurationsAsGo(String text, long millis) {
        assertThat(GoDuration.parsePositive(text).orElseThrow().toMillis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"0s", "-1s", "1", "s", "1 s", "1d", "300000000h", "''"})
    void refusesOtherDurations(String text) {
        assertThat(GoDuration.parsePositive(text)).isEmpty();
    }
}
