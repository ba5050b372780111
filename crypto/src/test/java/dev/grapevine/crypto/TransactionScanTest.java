package dev.grapevine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.Rejection;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionScanTest {
    private static final String CANONICAL = "0a0101120102";

    @ParameterizedTest(name = "{2}: {0}")
    @CsvSource({
        "0a0101120102, true, payload and signature",
        "1201020a0101, false, fields swapped",
        "0a01011201021a0103, true, unknown field last",
        "1a01030a0101120102, false, unknown field first",
        "0a01010a0101120102, false, payload twice",
        "0a810001120102, false, non-minimal length",
        "0a01011201022001, true, unknown varint last",
        "08010a0101120102, false, unknown varint first",
    })
    void agreesWithTheVectorsOfTheSpecification(String entry, boolean accepted, String what) {
        assertThat(TransactionScan.isWellFormed(Hex.parse(entry))).as(what).isEqualTo(accepted);
    }

    @ParameterizedTest(name = "{2}: {0}")
    @CsvSource({
        "0a0101, false, no signature",
        "0a00120102, false, empty payload",
        "0a01011200, false, empty signature",
        "0a0101120102120103, false, signature twice",
        "8a000101120102, false, non-minimal payload tag",
        "0a01019200 0102, false, non-minimal signature tag",
        "0a010112810002, false, non-minimal signature length",
        "0a010112010220011a0103, true, unknown fields out of order",
        "0a01011201020801, true, payload's number with another type",
        "0a0101120102100a, true, signature's number with another type",
        "0a01011201020b0c, true, payload's number as a group",
        "0a0101120102208100, true, non-minimal value of an unknown varint",
        "0a01011201021a810003, true, non-minimal length of an unknown field",
        "0a0101120102a0000 1, false, non-minimal tag of an unknown field",
        "0a01011201021ba0000 11c, true, non-minimal tag within an unknown group",
        "0a01011201021b20019c00, true, non-minimal end of an unknown group",
        "0a01011201021b2001, false, unfinished group",
        "0a01011201021b20012c, false, group ended by another number",
        "0a01011201021c, false, end of no group",
        "0a01011201021e, false, reserved wire type 6",
        "0a01011201021f, false, reserved wire type 7",
        "0a01011201021b1e1c, false, reserved wire type in a group",
        "0a01011201020001, false, field number 0",
        "0a0101120102f8ffffff0f01, true, the greatest field number",
        "0a01011201028080808010 01, false, a field number too great",
        "0a01011201021b8080808010 011c, true, the same number within a group",
        "0a01011201021bf8ffffff3f011c, true, the greatest number within a group",
        "0a01011201021b8080808040 011c, false, a number too great within a group",
        "0a010112010220ffffffffffffffffff01, true, the greatest varint",
        "0a010112010220ffffffffffffffffff02, false, a varint beyond 64 bits",
        "0a01011201022080808080808080808080 00, false, a varint of eleven bytes",
        "0a01011201022080, false, unfinished varint",
        "0a010112010221 0102030405060708, true, unknown fixed64",
        "0a01011201022101020304050607, false, unfinished fixed64",
        "0a01011201022501020304, true, unknown fixed32",
        "0a010112010225010203, false, unfinished fixed32",
        "0a01011201021a0201, false, unfinished unknown bytes",
        "0a01011201021affffffffffffffffff01, false, a length beyond everything",
    })
    void agreesWithGo(String entry, boolean accepted, String what) {
        assertThat(TransactionScan.isWellFormed(Hex.parse(entry.replace(" ", ""))))
                .as(what)
                .isEqualTo(accepted);
    }

    @Test
    void acceptsGroupsAsDeepAsGoDoesAndNoDeeper() {
        assertThat(TransactionScan.isWellFormed(nested(200))).isTrue();
        assertThat(TransactionScan.isWellFormed(nested(10_001))).isTrue();
        assertThat(TransactionScan.isWellFormed(nested(10_002))).isFalse();
        assertThat(TransactionScan.isWellFormed(nested(3_000_000))).isFalse();
    }

    private static ByteString nested(int depth) {
        return Hex.parse(CANONICAL + "1b".repeat(depth) + "1c".repeat(depth));
    }

    @Test
    void refusesABlockWithoutTransactions() {
        assertThat(TransactionScan.check(List.of())).map(Rejection::reason).contains("empty-block");
    }

    @Test
    void refusesABoundaryThatWasMoved() {
        ByteString first = Hex.parse("0a0101120102");
        ByteString second = Hex.parse("0a0103120104");
        ByteString joined = first.concat(second);

        assertThat(TransactionScan.check(List.of(first, second))).isEmpty();
        assertThat(TransactionScan.check(List.of(joined)))
                .map(Rejection::reason)
                .contains("malformed-transaction");
        assertThat(TransactionScan.check(List.of(joined.substring(0, 5), joined.substring(5))))
                .map(Rejection::reason)
                .contains("malformed-transaction");
    }

    @Test
    void exemptsASingleConfigurationOnly() {
        ByteString unsigned = transaction(HeaderType.CONFIG_VALUE);
        ByteString signed = Hex.parse(CANONICAL);

        assertThat(TransactionScan.check(List.of(unsigned))).isEmpty();
        assertThat(TransactionScan.check(List.of(transaction(4)))).isEmpty();
        assertThat(TransactionScan.check(List.of(unsigned, signed))).isPresent();
        assertThat(TransactionScan.check(List.of(transaction(HeaderType.ENDORSER_TRANSACTION_VALUE))))
                .isPresent();
    }

    private static ByteString transaction(int type) {
        ChannelHeader header = ChannelHeader.newBuilder().setType(type).build();
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(Header.newBuilder().setChannelHeader(header.toByteString()))
                        .build()
                        .toByteString())
                .build()
                .toByteString();
    }
}
