package dev.grapevine.node.orderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MalformedMessageException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;
import org.junit.jupiter.api.Test;

class DeliverFrameTest {
    private static final Block BLOCK =
            Block.newBuilder().setHeader(BlockHeader.newBuilder().setNumber(3)).build();
    private static final ByteString OF_BLOCK =
            DeliverResponse.newBuilder().setBlock(BLOCK).build().toByteString();
    private static final ByteString OF_STATUS =
            DeliverResponse.newBuilder().setStatus(Status.SUCCESS).build().toByteString();

    @Test
    void takesBlocksAndStatusesApart() throws Exception {
        assertThat(DeliverFrame.parse(OF_BLOCK)).isEqualTo(new DeliverFrame.OfBlock(BLOCK.toByteString()));
        assertThat(DeliverFrame.parse(OF_STATUS)).isEqualTo(new DeliverFrame.OfStatus(Status.SUCCESS));
        ByteString unheardOf =
                DeliverResponse.newBuilder().setStatusValue(299).build().toByteString();
        assertThat(DeliverFrame.parse(unheardOf)).isEqualTo(new DeliverFrame.OfStatus(Status.UNKNOWN));
    }

    @Test
    void refusesNothingAndTwoThings() {
        assertThatThrownBy(() -> DeliverFrame.parse(ByteString.EMPTY)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> DeliverFrame.parse(OF_BLOCK.concat(OF_STATUS)))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> DeliverFrame.parse(OF_BLOCK.substring(0, 2)))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Property
    void anyBytesAreAFrameOrMalformed(@ForAll byte[] bytes) {
        try {
            assertThat(DeliverFrame.parse(ByteString.copyFrom(bytes))).isNotNull();
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageContaining("DeliverResponse");
        }
    }
}
