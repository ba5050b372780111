package dev.grapevine.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every gossip message that real Fabric peers exchanged parses as recorded and leaves as the very bytes that came in. */
class RecordedMessagesTest {
    private static final Map<String, ContentCase> TYPES = Map.ofEntries(
            Map.entry("ConnEstablish", ContentCase.CONN),
            Map.entry("AliveMsg", ContentCase.ALIVE_MSG),
            Map.entry("MemReq", ContentCase.MEM_REQ),
            Map.entry("MemRes", ContentCase.MEM_RES),
            Map.entry("Hello", ContentCase.HELLO),
            Map.entry("DataDig", ContentCase.DATA_DIG),
            Map.entry("DataReq", ContentCase.DATA_REQ),
            Map.entry("DataUpdate", ContentCase.DATA_UPDATE),
            Map.entry("DataMsg", ContentCase.DATA_MSG),
            Map.entry("StateInfo", ContentCase.STATE_INFO),
            Map.entry("StateInfoPullReq", ContentCase.STATE_INFO_PULL_REQ),
            Map.entry("StateSnapshot", ContentCase.STATE_SNAPSHOT),
            Map.entry("StateRequest", ContentCase.STATE_REQUEST),
            Map.entry("StateResponse", ContentCase.STATE_RESPONSE),
            Map.entry("LeadershipMsg", ContentCase.LEADERSHIP_MSG));

    @TestFactory
    List<DynamicTest> parsesAsRecordedAndKeepsItsBytes() {
        Path folder = Fixtures.folder("messages");
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode entry : Fixtures.json(folder.resolve("index.json")).get("messages")) {
            String file = entry.get("file").asText();
            tests.add(dynamicTest(file, () -> check(Fixtures.bytes(folder.resolve(file)), entry)));
        }
        return tests;
    }

    private static void check(ByteString wire, JsonNode entry) throws MalformedMessageException {
        SignedGossipMessage parsed = SignedGossipMessage.parse(wire);
        GossipMessage message = parsed.message();

        assertThat(parsed.wire()).isEqualTo(wire);
        assertThat(parsed.envelope().toByteString()).isEqualTo(wire);
        assertThat(parsed.type()).isEqualTo(typeOf(entry.get("type").asText()));
        assertThat(message.getTag().name()).isEqualTo(entry.get("tag").asText());
        assertThat(message.getChannel().toStringUtf8())
                .isEqualTo(entry.get("channel").asText());
        assertThat(Long.toUnsignedString(message.getNonce()))
                .isEqualTo(entry.get("nonce").asText());
        assertThat(parsed.isSigned()).isEqualTo(entry.get("signed").asBoolean());
        assertThat(Hex.of(Sha256.of(parsed.envelope().getPayload())))
                .isEqualTo(entry.get("payload_sha256").asText());
        if (entry.get("tag_check").asText().equals("legal")) {
            assertThat(TagLegality.isLegal(message)).isTrue();
        }
        if (entry.has("secret_envelope")) {
            assertThat(parsed.internalEndpoint())
                    .contains(entry.at("/secret_envelope/internal_endpoint").asText());
            assertThat(parsed.withoutSecret().envelope().getPayload())
                    .isEqualTo(parsed.envelope().getPayload());
        }
    }

    private static ContentCase typeOf(String recorded) {
        int detail = recorded.indexOf('_');
        String name = detail < 0 ? recorded : recorded.substring(0, detail);
        return Objects.requireNonNull(TYPES.get(name.trim()), recorded);
    }

    @Test
    void computesTheChannelMacsThatFabricComputed() {
        JsonNode macs = Fixtures.json(Fixtures.folder("messages").resolve("channel-macs.json"))
                .get("macs");
        assertThat(macs).isNotEmpty();
        for (JsonNode mac : macs) {
            PkiId pkiId = PkiId.fromHex(mac.get("pki_id").asText());
            String channel = mac.get("channel").asText();
            ByteString computed = ChannelId.isLegal(channel)
                    ? new ChannelId(channel).mac(pkiId)
                    : Sha256.of(pkiId.bytes(), ByteString.copyFromUtf8(channel));
            assertThat(Hex.of(computed)).isEqualTo(mac.get("mac").asText());
        }
    }
}
