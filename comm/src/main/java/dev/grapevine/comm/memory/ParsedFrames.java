package dev.grapevine.comm.memory;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import org.jspecify.annotations.Nullable;

/**
 * What the frames on the network say, each parsed once however many nodes it passes: in memory it stays the same object all
 * the way. A frame that has lost its place to another is parsed again, so this changes nothing but speed.
 */
final class ParsedFrames {
    private static final int PLACES = 1 << 16;

    private final @Nullable ByteString[] frames = new ByteString[PLACES];
    private final @Nullable SignedGossipMessage[] messages = new SignedGossipMessage[PLACES];

    @SuppressWarnings("ReferenceEquality") // comparing the bytes would cost what this saves
    SignedGossipMessage parse(ByteString frame) throws MalformedMessageException {
        int place = System.identityHashCode(frame) & (PLACES - 1);
        SignedGossipMessage known = messages[place];
        if (known != null && frames[place] == frame) {
            return known;
        }
        SignedGossipMessage message = SignedGossipMessage.parse(frame);
        frames[place] = frame;
        messages[place] = message;
        return message;
    }

    boolean carriesBlocks(ByteString frame) {
        try {
            return parse(frame).carriesBlocks();
        } catch (MalformedMessageException e) {
            return false;
        }
    }
}
