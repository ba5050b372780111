package dev.grapevine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.Sha256;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockHashTest {
    @ParameterizedTest(name = "number {0}")
    @CsvSource({
        "0, 300a02010004020102040103",
        "1, 300a02010104020102040103",
        "127, 300a02017f04020102040103",
        "128, 300b0202008004020102040103",
        "255, 300b020200ff04020102040103",
        "256, 300b0202010004020102040103",
        "4294967296, 300e0205010000000004020102040103",
        "9223372036854775807, 301102087fffffffffffffff04020102040103",
        "9223372036854775808, 3012020900800000000000000004020102040103",
        "18446744073709551615, 3012020900ffffffffffffffff04020102040103",
    })
    void encodesHeadersAsTheVectorsOfTheSpecification(String number, String der) {
        BlockHeader header = BlockHeader.newBuilder()
                .setNumber(Long.parseUnsignedLong(number))
                .setPreviousHash(Hex.parse("0102"))
                .setDataHash(Hex.parse("03"))
                .build();

        assertThat(Hex.of(BlockHash.headerBytes(header))).isEqualTo(der);
    }

    @Test
    void encodesAnAbsentHashAsAnEmptyOctetString() {
        BlockHeader header =
                BlockHeader.newBuilder().setDataHash(Hex.parse("03")).build();

        assertThat(Hex.of(BlockHash.headerBytes(header))).isEqualTo("30080201000400040103");
        assertThat(Hex.of(BlockHash.ofHeader(header)))
                .isEqualTo("7690b40ae724081e41848b1de7cca905671488c0ee415059099eab3b91fc6cf4");
    }

    @Test
    void hashesDataAndHeaderAsTheVectorsOfTheSpecification() {
        Block block = Block.newBuilder()
                .setData(BlockData.newBuilder()
                        .addData(ByteString.copyFromUtf8("tx1"))
                        .addData(ByteString.copyFromUtf8("tx2")))
                .build();
        BlockHeader header = BlockHeader.newBuilder()
                .setNumber(7)
                .setPreviousHash(Sha256.of(ByteString.copyFromUtf8("prev")))
                .setDataHash(BlockHash.ofData(block))
                .build();

        assertThat(Hex.of(BlockHash.ofData(block)))
                .isEqualTo("b75fa4cca73a24cc129213c6e064b971533e2fa3eb0d118e3f484a7ae4a70fd3");
        assertThat(Hex.of(BlockHash.ofHeader(header)))
                .isEqualTo("879003519d5769a33eb577dcb06a9589078370a01af2fa021f5dbf7508a6aee4");
    }
}
