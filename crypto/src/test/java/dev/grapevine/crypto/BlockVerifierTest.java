package dev.grapevine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.generate.BlockSigner;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.Rejection;
import java.util.List;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.junit.jupiter.api.Test;

class BlockVerifierTest {
    private final ChannelConfig config = MadeChannel.config();

    private BlockVerdict verify(long configBlock, long number, ByteString bytes) {
        return new BlockVerifier(config, configBlock).verify(number, bytes);
    }

    private String reasonOf(Block block) {
        BlockVerdict verdict = verify(0, 5, block.toByteString());
        assertThat(verdict).isInstanceOf(BlockVerdict.Refused.class);
        return ((BlockVerdict.Refused) verdict).why().reason();
    }

    private static Block altered(Consumer<Block.Builder> change) {
        Block.Builder block = MadeChannel.block(5, 0).toBuilder();
        change.accept(block);
        return block.build();
    }

    private static Block signedBy(SigningIdentity signer, List<ByteString> transactions) {
        return new BlockSigner(signer).make(5, ByteString.EMPTY, transactions, 0);
    }

    @Test
    void acceptsABlockOfTheOrderersAndSaysUnderWhichConfiguration() {
        BlockVerdict verdict = verify(3, 5, MadeChannel.block(5, 3).toByteString());

        assertThat(verdict).isInstanceOf(BlockVerdict.Verified.class);
        VerifiedBlock block = ((BlockVerdict.Verified) verdict).block();
        assertThat(block.number()).isEqualTo(5);
        assertThat(block.lastConfig()).isEqualTo(3);
        assertThat(block.verifiedUnder()).isEqualTo(3);
        assertThat(block.isConfig()).isFalse();
    }

    @Test
    void refusesEachFaultWithItsOwnReason() {
        assertThat(reasonOf(altered(Block.Builder::clearHeader))).isEqualTo("no-header");
        assertThat(reasonOf(MadeChannel.block(6, 0))).isEqualTo("wrong-number");
        assertThat(reasonOf(altered(Block.Builder::clearData))).isEqualTo("empty-block");
        assertThat(reasonOf(altered(block -> block.getDataBuilder().setData(0, Hex.parse("0a0101120102")))))
                .isEqualTo("wrong-channel");
        assertThat(reasonOf(altered(Block.Builder::clearMetadata))).isEqualTo("no-metadata");
        assertThat(reasonOf(altered(block -> block.getDataBuilder().addData(Hex.parse("1201020a0101")))))
                .isEqualTo("malformed-transaction");
        assertThat(reasonOf(altered(block -> block.getDataBuilder().addData(Hex.parse("0a0101120102")))))
                .isEqualTo("wrong-data-hash");
        assertThat(reasonOf(altered(block -> block.getHeaderBuilder().setPreviousHash(Hex.parse("00")))))
                .isEqualTo("unsigned-block");
        assertThat(reasonOf(altered(
                        block -> block.setMetadata(BlockMetadata.newBuilder().addMetadata(ByteString.EMPTY)))))
                .isEqualTo("unsigned-block");
        assertThat(reasonOf(altered(
                        block -> block.setMetadata(BlockMetadata.newBuilder().addMetadata(Hex.parse("ff"))))))
                .isEqualTo("malformed-block");
        assertThat(reasonOf(
                        signedBy(MadeChannel.peer(MadeChannel.ORG1, 0), List.of(MadeChannel.transaction("by a peer")))))
                .isEqualTo("unsigned-block");
    }

    @Test
    void acceptsWhatRealOrderersOrderWithUnknownFieldsAndDeepGroups() {
        ByteString tail = Hex.parse("20011a0103" + "1b".repeat(200) + "1c".repeat(200));
        Block block = signedBy(
                MadeChannel.peer(MadeChannel.ORDERERS, 0),
                List.of(MadeChannel.transaction("odd").concat(tail), MadeChannel.transaction("even")));

        assertThat(verify(0, 5, block.toByteString())).isInstanceOf(BlockVerdict.Verified.class);
    }

    @Test
    void refusesATransactionBoundaryThatWasMovedUnderTheSameHash() {
        Block block = MadeChannel.block(5, 0);
        ByteString only = block.getData().getData(0);
        Block moved = altered(each -> each.getDataBuilder()
                .clearData()
                .addData(only.substring(0, only.size() - 5))
                .addData(only.substring(only.size() - 5)));

        assertThat(BlockHash.ofData(moved)).isEqualTo(BlockHash.ofData(block));
        assertThat(reasonOf(moved)).isIn("malformed-transaction", "wrong-channel");
    }

    @Test
    void holdsWhatClaimsAConfigurationWeDoNotHave() {
        SigningIdentity unknownYet = MadeChannel.peer(MadeChannel.ORG2, 0);
        List<ByteString> transactions = List.of(MadeChannel.transaction("later"));
        Block later = new BlockSigner(unknownYet).make(9, ByteString.EMPTY, transactions, 7);
        Block config = new BlockSigner(unknownYet).make(9, ByteString.EMPTY, transactions, 9);

        assertThat(verify(1, 9, later.toByteString())).isEqualTo(new BlockVerdict.Premature(7));
        assertThat(verify(1, 9, config.toByteString())).isEqualTo(new BlockVerdict.Premature(2));
    }

    @Test
    void refusesClaimsThatCannotBeTrue() {
        SigningIdentity stranger = MadeChannel.peer(MadeChannel.ORG2, 0);
        List<ByteString> transactions = List.of(MadeChannel.transaction("liar"));
        Block beyondItself = new BlockSigner(stranger).make(9, ByteString.EMPTY, transactions, 10);
        Block rightAfter = new BlockSigner(stranger).make(2, ByteString.EMPTY, transactions, 2);
        Block underOurs = new BlockSigner(stranger).make(9, ByteString.EMPTY, transactions, 1);

        assertThat(verify(1, 9, beyondItself.toByteString())).isInstanceOf(BlockVerdict.Refused.class);
        assertThat(verify(1, 2, rightAfter.toByteString())).isInstanceOf(BlockVerdict.Refused.class);
        assertThat(verify(1, 9, underOurs.toByteString())).isInstanceOf(BlockVerdict.Refused.class);
    }

    @Test
    void acceptsAtOnceWhatOurConfigurationAlreadyBearsOut() {
        assertThat(verify(1, 9, MadeChannel.block(9, 7).toByteString())).isInstanceOf(BlockVerdict.Verified.class);
    }

    @Test
    void namesARejectionForEveryRefusal() {
        assertThat(verify(0, 5, Hex.parse("ffff")))
                .isInstanceOfSatisfying(
                        BlockVerdict.Refused.class,
                        refused -> assertThat(refused.why())
                                .extracting(Rejection::reason)
                                .isEqualTo("malformed-block"));
    }
}
