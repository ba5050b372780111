package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import org.junit.jupiter.api.Test;

class PrematureBlocksTest {
    private static final ConnectionInfo SENDER = new ConnectionInfo(
            new PkiId(ByteString.copyFromUtf8("sender")),
            ByteString.EMPTY,
            new MspId("Org"),
            ByteString.EMPTY,
            ByteString.EMPTY,
            0,
            "test");

    private final PrematureBlocks held = new PrematureBlocks(3_500);

    private static ClaimedBlock block(long number) {
        return new ClaimedBlock(
                Messages.block(new ChannelId("lab"), number, ByteString.copyFrom(new byte[1000])),
                ByteString.copyFromUtf8("hash of " + number),
                SENDER,
                true,
                () -> {});
    }

    @Test
    void whenFullTheBlockThatIsNeededLastGoes() {
        held.hold(block(9));
        held.hold(block(7));
        held.hold(block(8));

        assertThat(held.hold(block(6))).isEqualTo(1);
        assertThat(held.hold(block(-1))).as("unsigned: the largest of all").isEqualTo(1);

        assertThat(held.takeAll()).extracting(ClaimedBlock::number).containsExactly(6L, 7L, 8L);
        assertThat(held.bytes()).isZero();
    }

    @Test
    void aBlockIsHeldOnce() {
        held.hold(block(1));
        held.hold(block(1));

        assertThat(held.contains(block(1).name())).isTrue();
        assertThat(held.takeAll()).hasSize(1);
    }
}
