package dev.grapevine.comm.memory;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.jspecify.annotations.Nullable;

/**
 * What the frames on the network say, each parsed once however many nodes it passes: in memory it stays the same object all
 * the way. A large frame, or one that has lost its place to another, is parsed again, so this changes nothing but speed.
 */
final class ParsedFrames {
    private static final int PLACES = 1 << 16;

    /** In bytes: messages that are passed on are small, but for blocks, of which there are few. */
    private static final int LARGEST = 4 * 1024;

    private static final int BLOCKS = 64;

    private final @Nullable ByteString[] frames = new ByteString[PLACES];
    private final @Nullable SignedGossipMessage[] messages = new SignedGossipMessage[PLACES];
    private final Map<Long, SignedGossipMessage> blocks = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SignedGossipMessage> eldest) {
            return size() > BLOCKS;
        }
    };

    @SuppressWarnings("ReferenceEquality") // comparing the bytes would cost what this saves
    SignedGossipMessage parse(ByteString frame) throws MalformedMessageException {
        int place = System.identityHashCode(frame) & (PLACES - 1);
        SignedGossipMessage known = messages[place];
        if (known != null && frames[place] == frame) {
            return known;
        }
        SignedGossipMessage message = shared(SignedGossipMessage.parse(frame));
        if (frame.size() <= LARGEST) {
            frames[place] = frame;
            messages[place] = message;
        }
        return message;
    }

    /** Frames of one block differ by their routes only: a thousand peers that hold it hold the same bytes. */
    private SignedGossipMessage shared(SignedGossipMessage message) {
        if (message.type() != GossipMessage.ContentCase.DATA_MSG) {
            return message;
        }
        long number = message.message().getDataMsg().getPayload().getSeqNum();
        SignedGossipMessage known = blocks.computeIfAbsent(number, first -> message.withoutRoute());
        SignedGossipMessage same = message.route().map(known::withRoute).orElse(known);
        return isSame(same.wire(), message.wire()) ? same : message;
    }

    /** As equals, but many bytes at a time. */
    private static boolean isSame(ByteString one, ByteString other) {
        return one.asReadOnlyByteBuffer().equals(other.asReadOnlyByteBuffer());
    }

    Frame frame(ByteString bytes) {
        try {
            return new Frame(bytes, parse(bytes));
        } catch (MalformedMessageException e) {
            return new Frame(bytes, null);
        }
    }
}
