package dev.grapevine.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.grapevine.proto.extension.Extension;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.gossip.Empty;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;

/**
 * How Grapevine peers talk to each other beyond Fabric's protocol: an {@link Extension} in an unknown field of a message
 * whose content is Empty. {@code extension.proto} says which numbers mean what.
 */
public final class Extensions {
    /** The largest extension that may travel in the control lane, in bytes of its envelope. */
    public static final int MAX_CONTROL_BYTES = 64 * 1024;

    private static final int NUMBERS_PER_SUBJECT = 10;
    private static final int FIRST_BULK_NUMBER = 5;

    /** What an extension is about, by which it is routed. */
    public enum Subject {
        /** Blocks on their way, within our organisation; for the channel it names. */
        DISSEMINATION(Tag.CHAN_AND_ORG),
        /** Who is alive; for discovery. */
        LIVENESS(Tag.EMPTY),
        /** Blocks somebody lacks; for the channel it names. */
        STATE(Tag.CHAN_OR_ORG),
        /** Of a later revision, or garbage. */
        UNKNOWN(Tag.UNDEFINED);

        private final Tag tag;

        Subject(Tag tag) {
            this.tag = tag;
        }
    }

    private Extensions() {}

    /** A message that carries an extension of no channel. */
    public static SignedGossipMessage message(Extension extension) {
        return message(extension, ByteString.EMPTY);
    }

    /** A message that carries an extension for one channel. */
    public static SignedGossipMessage message(Extension extension, ChannelId channel) {
        return message(extension, channel.bytes());
    }

    private static SignedGossipMessage message(Extension extension, ByteString channel) {
        UnknownFieldSet field = UnknownFieldSet.newBuilder()
                .addField(
                        Capability.FIELD,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(extension.toByteString())
                                .build())
                .build();
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setTag(subject(extension).tag)
                .setChannel(channel)
                .setEmpty(Empty.getDefaultInstance())
                .setUnknownFields(field)
                .build());
    }

    /** The extension in a message; empty if it carries none, one without content if it does not parse. */
    static Optional<Extension> of(GossipMessage message) {
        if (!message.hasEmpty()) {
            return Optional.empty();
        }
        List<ByteString> found =
                message.getUnknownFields().getField(Capability.FIELD).getLengthDelimitedList();
        return found.isEmpty() ? Optional.empty() : Optional.of(parse(found.get(found.size() - 1)));
    }

    private static Extension parse(ByteString bytes) {
        try {
            return Extension.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return Extension.getDefaultInstance();
        }
    }

    /** What an extension is about. */
    public static Subject subject(Extension extension) {
        return switch (extension.getContentCase().getNumber() / NUMBERS_PER_SUBJECT) {
            case 1 -> Subject.DISSEMINATION;
            case 2 -> Subject.LIVENESS;
            case 3 -> Subject.STATE;
            default -> Subject.UNKNOWN;
        };
    }

    /** Whether an extension carries blocks or their like, and so must not stand before a heartbeat. */
    public static boolean isBulk(Extension extension) {
        return extension.getContentCase().getNumber() % NUMBERS_PER_SUBJECT >= FIRST_BULK_NUMBER;
    }

    /** Whether a message with this extension carries the tag that its subject demands. */
    public static boolean hasLegalTag(SignedGossipMessage message, Extension extension) {
        return message.message().getTag() == subject(extension).tag;
    }
}
