package dev.grapevine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.Test;

class DistinctBlocksTest {
    private static final MspId ORG = new MspId("Org1MSP");
    private static final ChannelId CHANNEL = new ChannelId("mychannel");

    private final List<ByteString> chain = ModelledCrypto.chain(CHANNEL, 5, 20);
    private final ByteString block = chain.get(3);
    private final ModelledCrypto crypto = new ModelledCrypto(ORG).join(CHANNEL, ORG);
    private final VirtualTime time = new VirtualTime(1);
    private final DistinctBlocks blocks = new DistinctBlocks(time.newNode(), this::check);
    private final List<BlockVerdict> verdicts = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private boolean failing;
    private int checks;

    private BlockVerdict check(ChannelId channel, long number, ByteString bytes) {
        checks++;
        if (failing) {
            throw new IllegalStateException("out of order");
        }
        return crypto.verifyBlock(channel, number, bytes);
    }

    private void bring(long since, long number, ByteString bytes) {
        blocks.verify(CHANNEL, since, number, bytes, (verdict, failure) -> {
            if (verdict != null) {
                verdicts.add(verdict);
            } else {
                failures.add(failure);
            }
        });
    }

    private void bring(ByteString bytes) {
        bring(0, 3, bytes);
    }

    private void settle() {
        time.runFor(Duration.ofSeconds(1));
    }

    /** The block with something about it changed, its header and signatures as they were. */
    private ByteString altered(Consumer<Block.Builder> change) {
        try {
            Block.Builder builder = Block.parseFrom(block).toBuilder();
            change.accept(builder);
            return builder.build().toByteString();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("we have just made this block", e);
        }
    }

    private ByteString forged() {
        return altered(builder ->
                builder.getDataBuilder().setData(0, builder.getData().getData(0).concat(block)));
    }

    private static VerifiedBlock verified(BlockVerdict verdict) {
        return ((BlockVerdict.Verified) verdict).block();
    }

    @Test
    void verifiesABlockOnceWhileItIsUnderWayAndAfterwards() {
        bring(block);
        bring(block);
        settle();
        bring(block);
        assertThat(verdicts).as("answered later, as every verification").hasSize(2);
        settle();

        assertThat(verdicts)
                .hasSize(3)
                .allSatisfy(each -> assertThat(verified(each).bytes()).isEqualTo(block));
        assertThat(checks).isEqualTo(1);
    }

    @Test
    void answersACopyWhoseUnsignedMetadataDiffersWithTheBlockThatWasVerified() {
        bring(block);
        settle();
        bring(altered(builder -> builder.getMetadataBuilder().addMetadata(ByteString.copyFromUtf8("validated"))));
        settle();

        assertThat(verdicts).hasSize(2);
        assertThat(verified(verdicts.get(1))).isSameAs(verified(verdicts.get(0)));
        assertThat(checks).isEqualTo(1);
    }

    @Test
    void neverTakesOtherDataUnderAVerifiedHeader() {
        bring(block);
        bring(forged());
        settle();
        bring(forged());
        settle();

        assertThat(verdicts)
                .hasSize(3)
                .allSatisfy(each -> assertThat(verified(each).bytes()).isEqualTo(block));
    }

    @Test
    void checksTheNextCopyForItselfWhenTheFirstWasForged() {
        bring(forged());
        bring(block);
        bring(block);
        settle();
        bring(forged());
        settle();

        assertThat(verdicts.get(0)).isInstanceOf(BlockVerdict.Refused.class);
        assertThat(verdicts.subList(1, 4))
                .allSatisfy(each -> assertThat(verified(each).bytes()).isEqualTo(block));
        assertThat(checks).isEqualTo(2);
    }

    @Test
    void verifiesAgainWhatWasVerifiedUnderAnOlderConfiguration() {
        bring(block);
        settle();
        crypto.configure(CHANNEL, 2);
        bring(0, 3, block);
        settle();
        assertThat(checks).as("whoever has no use for a newer one").isEqualTo(1);
        bring(2, 3, block);
        bring(2, 3, block);
        settle();
        bring(2, 3, block);
        settle();

        assertThat(checks).isEqualTo(2);
        assertThat(verdicts).hasSize(5);
        assertThat(verified(verdicts.get(4)).verifiedUnder()).isEqualTo(2);
    }

    @Test
    void tellsOneNumberFromAnotherAndRefusesWhatHasNoHeader() {
        bring(0, 3, block);
        bring(0, 4, block);
        bring(0, 3, ByteString.copyFromUtf8("no block"));
        settle();

        assertThat(verdicts).hasSize(3);
        assertThat(verdicts.stream().filter(BlockVerdict.Refused.class::isInstance))
                .hasSize(2);
    }

    @Test
    void passesOnWhatWentWrongWithACheckAndTriesTheNextCopy() {
        failing = true;
        bring(block);
        bring(block);
        settle();
        failing = false;
        bring(block);
        settle();

        assertThat(failures).hasSize(2);
        assertThat(verdicts).hasSize(1);
    }

    @Test
    void remembersOnlyTheNewestWithinItsBound() {
        List<ByteString> large = ModelledCrypto.chain(CHANNEL, 4, 3 << 20);
        for (int number = 0; number < 4; number++) {
            bring(0, number, large.get(number));
            settle();
        }
        bring(0, 3, large.get(3));
        bring(0, 2, large.get(2));
        settle();
        assertThat(checks).isEqualTo(4);
        bring(0, 0, large.get(0));
        settle();
        assertThat(checks).isEqualTo(5);
    }
}
