package dev.grapevine.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.grapevine.proto.extension.CapabilityMark;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.ConnEstablish;

/**
 * The capability mark: how a Grapevine peer tells another that it speaks more than Fabric's protocol. It is an unknown
 * field of ConnEstablish and AliveMessage, which Go peers accept and pass on.
 */
public final class Capability {
    /** Field number of the mark in both messages; far from anything Fabric numbers. */
    public static final int FIELD = 1000;

    /** Revision of the extension protocol that this build speaks. */
    public static final int REVISION = 1;

    private static final UnknownFieldSet OURS = UnknownFieldSet.newBuilder()
            .addField(
                    FIELD,
                    UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(CapabilityMark.newBuilder()
                                    .setRevision(REVISION)
                                    .build()
                                    .toByteString())
                            .build())
            .build();

    private Capability() {}

    /** Adds our mark. */
    public static ConnEstablish.Builder mark(ConnEstablish.Builder message) {
        return message.mergeUnknownFields(OURS);
    }

    /** Adds our mark. */
    public static AliveMessage.Builder mark(AliveMessage.Builder message) {
        return message.mergeUnknownFields(OURS);
    }

    /** The extension revision the sender speaks; 0 for a plain Fabric peer or a mark that does not parse. */
    public static int revision(ConnEstablish message) {
        return revision(message.getUnknownFields());
    }

    /** The extension revision the sender speaks; 0 for a plain Fabric peer or a mark that does not parse. */
    public static int revision(AliveMessage message) {
        return revision(message.getUnknownFields());
    }

    private static int revision(UnknownFieldSet fields) {
        List<ByteString> marks = fields.getField(FIELD).getLengthDelimitedList();
        return marks.isEmpty()
                ? 0
                : parse(marks.get(marks.size() - 1))
                        .map(CapabilityMark::getRevision)
                        .orElse(0);
    }

    private static Optional<CapabilityMark> parse(ByteString mark) {
        try {
            return Optional.of(CapabilityMark.parseFrom(mark));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
