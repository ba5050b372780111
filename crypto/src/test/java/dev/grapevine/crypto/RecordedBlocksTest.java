package dev.grapevine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Hex;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RecordedBlocksTest {
    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static BlockVerdict verify(int configBlock, long number, ByteString block) {
        return new BlockVerifier(RecordedChannel.config(configBlock), configBlock).verify(number, block);
    }

    @TestFactory
    Stream<DynamicTest> verifiesEveryBlockUnderTheConfigurationThatWasInForce() {
        JsonNode expected = Fixtures.json(RecordedChannel.folder().resolve("expected.json"));
        return elements(expected.get("blocks"))
                .filter(block -> block.get("number").asInt() > 0)
                .flatMap(block -> Stream.of("file", "committed_file")
                        .map(file ->
                                DynamicTest.dynamicTest(block.get(file).asText(), () -> checkVerified(block, file))));
    }

    private static void checkVerified(JsonNode expected, String file) {
        int number = expected.get("number").asInt();
        ByteString bytes = Fixtures.bytes(
                RecordedChannel.folder().resolve(expected.get(file).asText()));

        BlockVerdict verdict = verify(RecordedChannel.configBefore(number), number, bytes);

        assertThat(verdict).isInstanceOf(BlockVerdict.Verified.class);
        VerifiedBlock block = ((BlockVerdict.Verified) verdict).block();
        assertThat(Hex.of(block.headerHash()))
                .isEqualTo(expected.get("header_hash").asText());
        assertThat(Hex.of(block.previousHash()))
                .isEqualTo(expected.get("previous_hash").asText());
        assertThat(block.lastConfig())
                .isEqualTo(expected.get("last_config_index").asLong());
        assertThat(block.isConfig()).isEqualTo(expected.get("is_config_block").asBoolean());
        assertThat(block.verifiedUnder()).isEqualTo(RecordedChannel.configBefore(number));
        assertThat(block.bytes()).isSameAs(bytes);
    }

    @TestFactory
    Stream<DynamicTest> hashesEveryBlockAsFabric() {
        JsonNode expected = Fixtures.json(RecordedChannel.folder().resolve("expected.json"));
        return elements(expected.get("blocks"))
                .map(each -> DynamicTest.dynamicTest(each.get("file").asText(), () -> {
                    Block block = RecordedChannel.block(each.get("number").asInt());
                    assertThat(Hex.of(BlockHash.headerBytes(block.getHeader())))
                            .isEqualTo(each.get("header_asn1").asText());
                    assertThat(Hex.of(BlockHash.ofData(block)))
                            .isEqualTo(each.get("data_hash_computed").asText());
                    for (int index = 0; index < each.get("txs").size(); index++) {
                        TransactionHeader header = TransactionHeader.of(
                                        block.getData().getData(index))
                                .orElseThrow();
                        assertThat(header.transactionId())
                                .isEqualTo(
                                        each.get("txs").get(index).get("tx_id").asText());
                        assertThat(header.channel()).isEqualTo("lab");
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> decidesOnAlteredBlocksAsFabric() {
        JsonNode cases = Fixtures.json(RecordedChannel.folder().resolve("verify-cases/cases.json"));
        return elements(cases.get("cases"))
                .map(each -> DynamicTest.dynamicTest(each.get("name").asText(), () -> checkAltered(each)));
    }

    private static void checkAltered(JsonNode each) {
        int configBlock = each.get("config_block").asInt();
        ByteString bytes =
                Fixtures.bytes(RecordedChannel.folder().resolve(each.get("file").asText()));
        NetworkTrust trust = RecordedTrust.of("Org1MSP");
        ChannelId channel = new ChannelId(each.get("verify_as_channel").asText());
        trust.apply(new ChannelId("lab"), RecordedChannel.config(configBlock), configBlock);

        BlockVerdict verdict =
                trust.verifyBlock(channel, each.get("claimed_seq_num").asLong(), bytes);

        assertThat(verdict)
                .isInstanceOf(
                        each.get("accepted").asBoolean() ? BlockVerdict.Verified.class : BlockVerdict.Refused.class);
    }

    @Test
    void refusesABlockCutShortAndABlockOfNothing() {
        ByteString good = RecordedChannel.bytes(9);

        for (int length = 0; length < good.size(); length += 97) {
            assertThat(verify(8, 9, good.substring(0, length))).isInstanceOf(BlockVerdict.Refused.class);
        }
    }

    @Test
    void refusesTheGenesisBlockBecauseNobodySignedIt() {
        assertThat(verify(0, 0, RecordedChannel.bytes(0))).isInstanceOf(BlockVerdict.Refused.class);
    }
}
