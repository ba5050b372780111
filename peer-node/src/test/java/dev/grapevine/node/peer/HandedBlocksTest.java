package dev.grapevine.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandedBlocksTest {
    private static final MspId ORG = new MspId("Org1MSP");
    private static final ChannelId CHANNEL = new ChannelId("mychannel");

    private final List<ByteString> chain = ModelledCrypto.chain(CHANNEL, 5, 20);
    private final ModelledCrypto crypto = new ModelledCrypto(ORG).join(CHANNEL, ORG);
    private final VirtualTime time = new VirtualTime(1);
    private final VirtualTime.Node node = time.newNode();
    private final DistinctBlocks blocks = new DistinctBlocks(node, this::check);
    private final List<Long> taken = new ArrayList<>();
    private final List<Verdict<Long>> answers = new ArrayList<>();
    private final HandedBlocks handed = new HandedBlocks(CHANNEL, blocks, node, block -> taken.add(block.number()));
    private int checks;

    private BlockVerdict check(ChannelId channel, long number, ByteString bytes) {
        checks++;
        return crypto.verifyBlock(channel, number, bytes);
    }

    private void hand(long number, ByteString block) {
        handed.take(number, block, answers::add);
    }

    private void settle() {
        time.runFor(Duration.ofSeconds(1));
    }

    @Test
    void passesOnWhatProvesGood() {
        hand(1, chain.get(1));
        settle();

        assertThat(answers).extracting(Verdict::value).containsExactly(1L);
        assertThat(taken).containsExactly(1L);
    }

    @Test
    void saysWhyABlockIsNotTaken() {
        hand(2, chain.get(1));
        hand(3, ByteString.copyFromUtf8("no block"));
        settle();

        assertThat(answers).extracting(Verdict::isAccepted).containsExactly(false, false);
        assertThat(answers).extracting(answer -> answer.rejection().reason()).contains("wrong-number");
        assertThat(taken).isEmpty();
    }

    @Test
    void doesNotVerifyAgainWhatAnotherPeerHasBroughtBefore() {
        List<VerifiedBlock> gossiped = new ArrayList<>();
        blocks.verify(CHANNEL, 0, 1, chain.get(1), (verdict, failure) -> gossiped.add(verified(verdict)));
        settle();

        hand(1, chain.get(1));
        settle();

        assertThat(gossiped).hasSize(1);
        assertThat(taken).containsExactly(1L);
        assertThat(checks).isEqualTo(1);
    }

    private static VerifiedBlock verified(BlockVerdict verdict) {
        return ((BlockVerdict.Verified) verdict).block();
    }

    @Test
    void turnsAwayWhatIsTooMuchAtOnce() {
        ByteString large = ByteString.copyFrom(new byte[40 << 20]);

        hand(1, large);
        hand(2, large);

        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.rejection().reason()).isEqualTo("verification-backlog"));
        settle();
        assertThat(answers).hasSize(2);
        hand(1, chain.get(1));
        settle();
        assertThat(taken).containsExactly(1L);
    }
}
