package dev.grapevine.crypto.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.Fixtures;
import dev.grapevine.crypto.RecordedChannel;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RecordedPoliciesTest {
    private static Path folder() {
        return Fixtures.folder("policy-cases");
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<SignedData> signatures(JsonNode set) {
        List<SignedData> signatures = new ArrayList<>();
        set.forEach(each -> signatures.add(new SignedData(
                Fixtures.bytes(folder().resolve(each.get("identity_file").asText())),
                Hex.parse(each.get("data").asText()),
                Hex.parse(each.get("signature").asText()))));
        return signatures;
    }

    private static boolean satisfied(ChannelConfig config, Policy policy, JsonNode signatureSet) {
        return config.signatures(signatures(signatureSet)).evaluate(policy).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> evaluatesSignaturePoliciesAsFabric() {
        JsonNode cases = Fixtures.json(folder().resolve("signature-policies.json"));
        ChannelConfig config = RecordedChannel.config(cases.get("config_block").asInt());
        return elements(cases.get("cases"))
                .map(each -> DynamicTest.dynamicTest(each.get("name").asText(), () -> {
                    Verdict<SignaturePolicy> policy = SignaturePolicy.parse(Fixtures.bytes(
                            folder().resolve(each.get("policy_file").asText())));

                    assertThat(policy.isAccepted())
                            .isEqualTo(each.get("compiles").get("ok").asBoolean());
                    if (policy.isAccepted()) {
                        assertThat(satisfied(config, policy.value(), each.get("signature_set")))
                                .isEqualTo(each.get("satisfied").asBoolean());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> evaluatesImplicitMetaPoliciesAsFabric() {
        JsonNode cases = Fixtures.json(folder().resolve("implicit-meta-policies.json"));
        ChannelConfig config =
                RecordedChannel.config(cases.get("config_block_for_msps").asInt());
        return elements(cases.get("cases"))
                .map(each -> DynamicTest.dynamicTest(each.get("name").asText(), () -> checkImplicit(each, config)));
    }

    private static void checkImplicit(JsonNode each, ChannelConfig config) throws InvalidProtocolBufferException {
        ConfigGroup group = ConfigGroup.parseFrom(
                Fixtures.bytes(folder().resolve(each.get("config_group_file").asText())));
        Verdict<PolicyTree> tree = PolicyTree.of(each.get("root_path").asText(), group);

        assertThat(tree.isAccepted()).isEqualTo(each.get("compiles").get("ok").asBoolean());
        if (tree.isAccepted()) {
            String name = each.get("policy").asText();
            assertThat(tree.value().find(name).isPresent())
                    .isEqualTo(each.get("found").asBoolean());
            assertThat(satisfied(config, tree.value().policy(name), each.get("signature_set")))
                    .isEqualTo(each.get("satisfied").asBoolean());
        }
    }

    @TestFactory
    Stream<DynamicTest> evaluatesThePoliciesOfARealChannelAsFabric() {
        JsonNode cases = Fixtures.json(folder().resolve("channel-policies.json"));
        ChannelConfig config = RecordedChannel.config(cases.get("config_block").asInt());
        return elements(cases.get("policies"))
                .map(each -> DynamicTest.dynamicTest(
                        each.get("policy").asText(),
                        () -> each.get("satisfied_by")
                                .properties()
                                .forEach(set -> assertThat(satisfied(
                                                config,
                                                config.policy(each.get("policy").asText()),
                                                cases.get("signature_sets").get(set.getKey())))
                                        .as(set.getKey())
                                        .isEqualTo(set.getValue().asBoolean()))));
    }
}
