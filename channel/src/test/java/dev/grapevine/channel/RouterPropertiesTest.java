package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;

/** Whatever a member of the channel sends: nothing is thrown, every hold is released, nothing grows without bound. */
class RouterPropertiesTest {
    private static final MspId ORG1 = new MspId("Org1MSP");
    private static final ChannelId CHANNEL = new ChannelId("lab");

    private final FakeNetwork network = new FakeNetwork();
    private final FakePeer peer = peer("peer");
    private final FakePeer sender = peer("sender");

    RouterPropertiesTest() {
        peer.join(CHANNEL, ORG1);
        network.acquaint();
        peer.receive(Messages.signedStateInfo(CHANNEL, sender.identity, 1, 1), sender);
        network.settle();
    }

    private FakePeer peer(String name) {
        return network.peer(ORG1, name, GossipConfig.defaults(), new ModelledCrypto(ORG1).join(CHANNEL, ORG1));
    }

    @Property(tries = 300)
    void noMessageMakesItThrowOrForgetAHold(@ForAll @Size(max = 20) List<Long> seeds) {
        for (long seed : seeds) {
            GossipMessage message = new MessageMaker(seed).message();
            FakeReceived received = peer.receive(SignedGossipMessage.signed(message, sender.identity), sender);
            network.runFor(Duration.ofMillis(1));
            assertThat(received.releases).isEqualTo(received.holds);
        }
        assertThat(peer.delivered).isEmpty();
        assertThat(peer.channel(CHANNEL).peers()).hasSizeLessThanOrEqualTo(1);
        assertThat(peer.gossip.identityPull().size()).isLessThanOrEqualTo(2);
    }

    @Property(tries = 300)
    void noBytesMakeItThrow(@ForAll byte[] payload) {
        try {
            SignedGossipMessage message = SignedGossipMessage.of(Envelope.newBuilder()
                    .setPayload(ByteString.copyFrom(payload))
                    .build());
            FakeReceived received = peer.receive(message, sender);
            network.runFor(Duration.ofMillis(1));
            assertThat(received.releases).isEqualTo(received.holds);
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageContaining("gossip message");
        }
    }

    /** Random messages that are mostly well-formed: the fields of the schema with random presence and tempting values. */
    private final class MessageMaker {
        private final SplittableRandom random;

        MessageMaker(long seed) {
            this.random = new SplittableRandom(seed);
        }

        GossipMessage message() {
            GossipMessage.Builder message = GossipMessage.newBuilder();
            List<FieldDescriptor> contents =
                    message.getDescriptorForType().getOneofs().get(0).getFields();
            FieldDescriptor content = contents.get(random.nextInt(contents.size()));
            message.setField(content, fill(message.newBuilderForField(content), 4));
            message.setTagValue(random.nextInt(7)).setNonce(random.nextInt(3));
            return message.setChannel(random.nextBoolean() ? CHANNEL.bytes() : bytes())
                    .build();
        }

        private Message fill(Message.Builder builder, int depth) {
            for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
                if (random.nextInt(5) == 0) {
                    continue;
                }
                if (field.isRepeated()) {
                    for (int count = random.nextInt(4); count > 0 && !field.isMapField(); count--) {
                        builder.addRepeatedField(field, value(builder, field, depth));
                    }
                } else {
                    builder.setField(field, value(builder, field, depth));
                }
            }
            return builder.build();
        }

        private Object value(Message.Builder parent, FieldDescriptor field, int depth) {
            return switch (field.getJavaType()) {
                case BYTE_STRING -> bytes();
                case STRING -> Integer.toString(random.nextInt(10));
                case LONG -> random.nextBoolean() ? (long) random.nextInt(20) : random.nextLong();
                case INT -> random.nextInt();
                case BOOLEAN -> random.nextBoolean();
                case ENUM ->
                    field.getEnumType()
                            .getValues()
                            .get(random.nextInt(field.getEnumType().getValues().size()));
                case MESSAGE -> {
                    Message.Builder child = parent.newBuilderForField(field);
                    yield depth == 0 ? child.build() : fill(child, depth - 1);
                }
                case FLOAT -> 0f;
                case DOUBLE -> 0d;
            };
        }

        private ByteString bytes() {
            return switch (random.nextInt(6)) {
                case 0 -> ByteString.EMPTY;
                case 1 -> sender.id().bytes();
                case 2 -> CHANNEL.mac(sender.id());
                case 3 -> sender.identity.serialized();
                case 4 -> ByteString.copyFromUtf8(Integer.toString(random.nextInt(20)));
                default -> Messages.block(CHANNEL, 1, ByteString.EMPTY).wire();
            };
        }
    }
}
