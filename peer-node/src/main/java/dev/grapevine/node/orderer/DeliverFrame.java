package dev.grapevine.node.orderer;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.grapevine.proto.MalformedMessageException;
import java.io.IOException;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;
import org.jspecify.annotations.Nullable;

/**
 * A DeliverResponse taken apart without parsing the block in it: signatures and the well-formedness of transactions are
 * judged by the bytes as they were sent, which parsing and serialising again may change.
 */
sealed interface DeliverFrame {
    /** A serialised common.Block. */
    record OfBlock(ByteString bytes) implements DeliverFrame {}

    /** What the service says instead of a block; UNKNOWN for a number that Fabric does not define. */
    record OfStatus(Status status) implements DeliverFrame {}

    /**
     * Takes a response apart.
     *
     * @throws MalformedMessageException if the bytes are no DeliverResponse, or one with nothing or two things in it
     */
    static DeliverFrame parse(ByteString response) throws MalformedMessageException {
        @Nullable DeliverFrame frame = null;
        try {
            CodedInputStream input = response.newCodedInput();
            input.enableAliasing(true);
            for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
                DeliverFrame field = field(tag, input);
                if (field != null && frame != null) {
                    throw new MalformedMessageException("a DeliverResponse with more than one thing in it");
                }
                frame = field == null ? frame : field;
            }
        } catch (IOException e) {
            throw new MalformedMessageException("not a DeliverResponse", e);
        }
        if (frame == null) {
            throw new MalformedMessageException("an empty DeliverResponse");
        }
        return frame;
    }

    private static @Nullable DeliverFrame field(int tag, CodedInputStream input) throws IOException {
        int number = WireFormat.getTagFieldNumber(tag);
        int type = WireFormat.getTagWireType(tag);
        if (number == DeliverResponse.BLOCK_FIELD_NUMBER && type == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            return new OfBlock(input.readBytes());
        }
        if (number == DeliverResponse.STATUS_FIELD_NUMBER && type == WireFormat.WIRETYPE_VARINT) {
            Status status = Status.forNumber(input.readEnum());
            return new OfStatus(status == null ? Status.UNKNOWN : status);
        }
        input.skipField(tag);
        return null;
    }
}
