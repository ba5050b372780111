package dev.grapevine.crypto.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grapevine.crypto.Fixtures;
import dev.grapevine.crypto.RecordedChannel;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RecordedConfigsTest {
    @TestFactory
    Stream<DynamicTest> readsConfigurationsAsFabric() {
        JsonNode configs = Fixtures.json(RecordedChannel.folder().resolve("configs.json"));
        return StreamSupport.stream(configs.spliterator(), false)
                .map(each -> DynamicTest.dynamicTest(
                        "block " + each.get("block"),
                        () -> check(RecordedChannel.config(each.get("block").asInt()), each)));
    }

    private static void check(ChannelConfig config, JsonNode expected) {
        OrdererSection orderer = config.orderer().orElseThrow();
        assertThat(config.sequence()).isEqualTo(expected.get("sequence").asLong());
        assertThat(orderer.consensusType())
                .isEqualTo(expected.get("consensus_type").asText());
        assertThat(orderer.batch().maxMessages())
                .isEqualTo(expected.get("batch_max_messages").asLong());
        assertThat(orderer.batch().absoluteMaxBytes())
                .isEqualTo(expected.get("batch_absolute_max_bytes").asLong());
        assertThat(orderer.batch().preferredMaxBytes())
                .isEqualTo(expected.get("batch_preferred_max_bytes").asLong());
        assertThat(Optional.of(orderer.batch().timeout()))
                .isEqualTo(
                        GoDuration.parsePositive(expected.get("batch_timeout").asText()));
        assertThat(orderer.organisations().values().stream()
                        .flatMap(organisation -> organisation.endpoints().stream())
                        .toList())
                .isEqualTo(texts(expected.get("orderer_endpoints")));
        assertThat(config.application().capabilities().names()).contains("V2_5");
        expected.get("application_orgs").properties().forEach(each -> {
            ApplicationOrganisation organisation =
                    config.application().organisations().get(each.getKey());
            assertThat(organisation.msp().id().name())
                    .isEqualTo(each.getValue().get("msp_id").asText());
            assertThat(organisation.anchorPeers().stream()
                            .map(AnchorPeer::toString)
                            .toList())
                    .isEqualTo(texts(each.getValue().get("anchor_peers")));
            assertThat(organisation.msp().tlsRootPems()).hasSize(1);
        });
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    @Test
    void letsEachRecordedConfigurationFollowTheOneBefore() {
        ChannelConfig config = RecordedChannel.config(0);
        for (int number : RecordedChannel.CONFIG_BLOCKS.subList(1, 6)) {
            Verdict<ChannelConfig> next = config.next(RecordedChannel.block(number));
            assertThat(next.isAccepted()).as("block " + number + ": " + next).isTrue();
            config = next.value();
        }
        assertThat(config.sequence()).isEqualTo(5);
    }

    @Test
    void refusesARecordedConfigurationOutOfOrder() {
        Verdict<ChannelConfig> skipped = RecordedChannel.config(0).next(RecordedChannel.block(7));
        Verdict<ChannelConfig> repeated = RecordedChannel.config(1).next(RecordedChannel.block(1));

        assertThat(skipped.rejection().reason()).isEqualTo("wrong-config-sequence");
        assertThat(repeated.rejection().reason()).isEqualTo("wrong-config-sequence");
    }

    @Test
    void refusesABlockThatHoldsNoConfiguration() {
        assertThat(ChannelConfig.ofBlock(RecordedChannel.block(9), SignatureProvider.bouncyCastle())
                        .rejection())
                .extracting(Rejection::reason)
                .isEqualTo("not-a-config-block");
    }
}
