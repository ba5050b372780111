package dev.grapevine.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A checker that could not fail would be worth nothing. */
class ChainCheckerTest {
    private static final ChannelId CHANNEL = new ChannelId("checked");
    private static final MspId ORG = new MspId("Org1MSP");

    private final List<ByteString> chain = ModelledCrypto.chain(CHANNEL, 4, 10);
    private final List<ByteString> fork = ModelledCrypto.chain(CHANNEL, 4, 11);
    private final ModelledCrypto crypto = new ModelledCrypto(ORG).join(CHANNEL, ORG);
    private final SimulatedOrdering ordering = new SimulatedOrdering(chain.get(0));
    private final ChainChecker checker = new ChainChecker("peer", ordering);

    @BeforeEach
    void threeBlocksAreOrderedAndOneIsCommitted() {
        chain.subList(1, 4).forEach(ordering::order);
        checker.opened(1);
        checker.committed(verified(chain.get(1), 1));
    }

    private VerifiedBlock verified(ByteString block, long number) {
        return ((BlockVerdict.Verified) crypto.verifyBlock(CHANNEL, number, block)).block();
    }

    @Test
    void takesTheNextBlock() {
        assertThatCode(() -> checker.committed(verified(chain.get(2), 2))).doesNotThrowAnyException();
    }

    @Test
    void noticesAGap() {
        assertThatThrownBy(() -> checker.committed(verified(chain.get(3), 3)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("has height 2 and commits");
    }

    @Test
    void noticesADoubleCommit() {
        assertThatThrownBy(() -> checker.committed(verified(chain.get(1), 1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("has height 2 and commits");
    }

    @Test
    void noticesAFork() {
        assertThatThrownBy(() -> checker.committed(verified(fork.get(2), 2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("another block than was ordered");
    }

    @Test
    void noticesThatAcknowledgedBlocksAreGoneAfterARestart() {
        assertThatThrownBy(() -> checker.opened(1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("has forgotten blocks: 1 of 2");
    }

    @Test
    void allowsItToAPeerThatHasLostItsDisk() {
        checker.forgotten();

        assertThatCode(() -> checker.opened(1)).doesNotThrowAnyException();
    }
}
