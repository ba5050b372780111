package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.Capability;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.BlockDigest;
import dev.grapevine.proto.extension.BlockDigests;
import dev.grapevine.proto.extension.Extension;
import org.hyperledger.fabric.protos.gossip.Empty;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;
import org.junit.jupiter.api.Test;

/** Who may send extension messages, and where they go. */
class ExtensionRouterTest {
    private static final MspId ORG = new MspId("Org1MSP");
    private static final ChannelId CHANNEL = new ChannelId("lab");

    /** A field number that no content has yet. */
    private static final int LATER = 29;

    private static final Extension DIGEST = Extension.newBuilder()
            .setBlockDigests(BlockDigests.getDefaultInstance())
            .build();

    private final FakeNetwork network = new FakeNetwork();
    private final FakePeer plain = peer(ORG, "plain");
    private final FakePeer capable = capable(ORG, "capable");
    private final FakePeer friend = capable(ORG, "friend");

    ExtensionRouterTest() {
        plain.join(CHANNEL, ORG);
        capable.join(CHANNEL, ORG);
        network.acquaint();
    }

    private FakePeer capable(MspId organisation, String name) {
        network.revision = Capability.REVISION;
        FakePeer peer = peer(organisation, name);
        network.revision = 0;
        return peer;
    }

    private FakePeer peer(MspId organisation, String name) {
        return network.peer(
                organisation, name, GossipConfig.defaults(), new ModelledCrypto(organisation).join(CHANNEL, ORG));
    }

    private static SignedGossipMessage carrying(Tag tag, ByteString extension) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setTag(tag)
                .setChannel(CHANNEL.bytes())
                .setEmpty(Empty.getDefaultInstance())
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                Capability.FIELD,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(extension)
                                        .build())
                        .build())
                .build());
    }

    @Test
    void onlyPeersWithTheMarkMaySendThemAndOnlyToPeersWithTheMark() {
        capable.receive(Extensions.message(DIGEST, CHANNEL), plain);
        plain.receive(Extensions.message(DIGEST, CHANNEL), capable);

        assertThat(capable.meters.rejected("extension-without-mark")).isEqualTo(1);
        assertThat(plain.meters.rejected("extension-without-mark")).isEqualTo(1);
    }

    @Test
    void oneForAChannelWeAreNotInIsCountedAndDropped() {
        capable.receive(Extensions.message(DIGEST, new ChannelId("elsewhere")), friend);

        assertThat(capable.meters.dropped("unknown-channel")).isEqualTo(1);
    }

    @Test
    void oneOfALaterRevisionIsDroppedAndSoIsGarbage() {
        ByteString later = UnknownFieldSet.newBuilder()
                .addField(LATER, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build()
                .toByteString();
        capable.receive(carrying(Tag.EMPTY, later), friend);
        capable.receive(carrying(Tag.EMPTY, ByteString.copyFromUtf8("\u0001garbage")), friend);

        assertThat(capable.meters.dropped("unknown-extension")).isEqualTo(2);
        assertThat(capable.toDiscovery).isEmpty();
    }

    @Test
    void anIllegalTagAndTooLargeAnExtensionAreRefused() {
        capable.receive(carrying(Tag.EMPTY, DIGEST.toByteString()), friend);
        Extension large = Extension.newBuilder()
                .setBlockDigests(BlockDigests.newBuilder()
                        .addDigest(BlockDigest.newBuilder()
                                .setHeaderHash(ByteString.copyFrom(new byte[Extensions.MAX_CONTROL_BYTES]))))
                .build();
        capable.receive(Extensions.message(large, CHANNEL), friend);

        assertThat(capable.meters.rejected("illegal-tag")).isEqualTo(1);
        assertThat(capable.meters.rejected("oversized-extension")).isEqualTo(1);
    }
}
