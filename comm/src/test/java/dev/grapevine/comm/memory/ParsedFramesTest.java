package dev.grapevine.comm.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.Route;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.junit.jupiter.api.Test;

class ParsedFramesTest {
    private final ParsedFrames frames = new ParsedFrames();

    private static SignedGossipMessage block(long number, String content) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setDataMsg(DataMessage.newBuilder()
                        .setPayload(Payload.newBuilder().setSeqNum(number).setData(ByteString.copyFromUtf8(content))))
                .build());
    }

    private static Route route(long first) {
        return Route.newBuilder().setFirst(first).setLength(9).build();
    }

    @Test
    void framesOfOneBlockKeepItOnceAndTheirRoutesEach() throws MalformedMessageException {
        ByteString one = block(3, "content").withRoute(route(1)).wire();
        ByteString other = block(3, "content").withRoute(route(2)).wire();

        SignedGossipMessage first = frames.parse(one);
        SignedGossipMessage second = frames.parse(other);

        assertThat(first.withoutRoute()).isSameAs(second.withoutRoute());
        assertThat(first.route()).contains(route(1));
        assertThat(second.route()).contains(route(2));
        assertThat(first.wire()).isEqualTo(one);
        assertThat(second.wire()).isEqualTo(other);
        assertThat(frames.parse(block(3, "content").wire())).isSameAs(first.withoutRoute());
    }

    @Test
    void anotherContentUnderTheSameNumberStaysWhatItIs() throws MalformedMessageException {
        SignedGossipMessage first = frames.parse(block(3, "content").wire());

        SignedGossipMessage forged = frames.parse(block(3, "forgery").wire());

        assertThat(forged.wire()).isEqualTo(block(3, "forgery").wire());
        assertThat(forged.message()).isNotEqualTo(first.message());
        assertThat(frames.parse(block(4, "content").wire()).message())
                .isEqualTo(block(4, "content").message());
    }
}
