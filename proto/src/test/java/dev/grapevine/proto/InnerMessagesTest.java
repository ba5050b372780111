package dev.grapevine.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.junit.jupiter.api.Test;

final class InnerMessagesTest {
    private final InnerMessages messages = new InnerMessages(2);

    private static SignedGossipMessage message(long nonce) {
        return SignedGossipMessage.unsigned(
                GossipMessage.newBuilder().setNonce(nonce).build());
    }

    @Test
    void theSameBytesAreTheSameMessage() throws MalformedMessageException {
        ByteString frame = ByteString.copyFromUtf8("frame").concat(message(7).wire());

        SignedGossipMessage first = messages.parse(frame.substring(5));

        assertThat(first.message().getNonce()).isEqualTo(7);
        assertThat(messages.parse(message(7).wire())).isSameAs(first);
        assertThat(messages.of(message(7).envelope())).isSameAs(first);
    }

    @Test
    void whatWasNotAskedForLatelyIsForgottenFirst() throws MalformedMessageException {
        SignedGossipMessage first = messages.parse(message(1).wire());
        SignedGossipMessage second = messages.parse(message(2).wire());

        assertThat(messages.parse(message(1).wire())).isSameAs(first);
        messages.parse(message(3).wire());

        assertThat(messages.parse(message(1).wire())).isSameAs(first);
        assertThat(messages.parse(message(2).wire())).isNotSameAs(second);
    }

    @Test
    void malformedOnesAreRefusedEachTime() {
        ByteString garbage = ByteString.copyFromUtf8("garbage");

        assertThatThrownBy(() -> messages.parse(garbage)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> messages.parse(garbage)).isInstanceOf(MalformedMessageException.class);
    }
}
