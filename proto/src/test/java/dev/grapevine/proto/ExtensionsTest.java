package dev.grapevine.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.grapevine.proto.extension.BlockDigests;
import dev.grapevine.proto.extension.Extension;
import org.hyperledger.fabric.protos.gossip.Empty;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.junit.jupiter.api.Test;

class ExtensionsTest {
    private static final ChannelId CHANNEL = new ChannelId("lab");
    private static final Extension DIGEST = Extension.newBuilder()
            .setBlockDigests(BlockDigests.getDefaultInstance())
            .build();

    @Test
    void anExtensionComesBackFromTheBytesItTravelsIn() throws MalformedMessageException {
        SignedGossipMessage received =
                SignedGossipMessage.parse(Extensions.message(DIGEST, CHANNEL).wire());

        assertThat(received.extension()).contains(DIGEST);
        assertThat(received.message().getChannel()).isEqualTo(CHANNEL.bytes());
        assertThat(Extensions.hasLegalTag(received, DIGEST)).isTrue();
        assertThat(received.isSigned()).isFalse();
    }

    @Test
    void toFabricItIsAnEmptyMessage() {
        assertThat(Extensions.message(DIGEST, CHANNEL).type()).isEqualTo(GossipMessage.ContentCase.EMPTY);
    }

    @Test
    void theNumberOfTheContentSaysWhatItIsAbout() {
        assertThat(Extensions.subject(DIGEST)).isEqualTo(Extensions.Subject.DISSEMINATION);
        assertThat(Extensions.isBulk(DIGEST)).isFalse();
        assertThat(Extensions.subject(Extension.getDefaultInstance())).isEqualTo(Extensions.Subject.UNKNOWN);
    }

    @Test
    void onlyAMessageWhoseContentIsEmptyCarriesOne() {
        GossipMessage plain =
                GossipMessage.newBuilder().setEmpty(Empty.getDefaultInstance()).build();
        GossipMessage alive = GossipMessage.newBuilder(
                        Extensions.message(DIGEST, CHANNEL).message())
                .clearEmpty()
                .build();

        assertThat(SignedGossipMessage.unsigned(plain).extension()).isEmpty();
        assertThat(SignedGossipMessage.unsigned(alive).extension()).isEmpty();
    }

    @Test
    void oneThatDoesNotParseHasNoContent() {
        GossipMessage garbage = GossipMessage.newBuilder()
                .setEmpty(Empty.getDefaultInstance())
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                Capability.FIELD,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFromUtf8("\u0001"))
                                        .build())
                        .build())
                .build();

        assertThat(SignedGossipMessage.unsigned(garbage).extension()).contains(Extension.getDefaultInstance());
    }
}
