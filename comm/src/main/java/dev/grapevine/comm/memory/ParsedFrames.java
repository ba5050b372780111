package dev.grapevine.comm.memory;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.jspecify.annotations.Nullable;

/**
 * What the frames on the network say, each parsed once however many nodes it passes: in memory it stays the same object all
 * the way. A large frame, or one that has lost its place to another, is parsed again, so this changes nothing but speed.
 *
 * <p>Safe from any thread, though nothing here is locked: what is read is what somebody has written as a whole, or nothing.
 */
final class ParsedFrames {
    private static final int PLACES = 1 << 16;

    /** In bytes: messages that are passed on are small, but for blocks, of which there are few. */
    private static final int LARGEST = 4 * 1024;

    private static final int BLOCKS = 64;

    /** A frame and what it says; whoever sees it in another thread sees all of it, since its fields are final. */
    private record Parsed(ByteString frame, SignedGossipMessage message) {}

    private final @Nullable Parsed[] frames = new Parsed[PLACES];
    private final @Nullable SignedGossipMessage[] blocks = new SignedGossipMessage[BLOCKS];

    @SuppressWarnings("ReferenceEquality") // comparing the bytes would cost what this saves
    SignedGossipMessage parse(ByteString frame) throws MalformedMessageException {
        int place = System.identityHashCode(frame) & (PLACES - 1);
        Parsed known = frames[place];
        if (known != null && known.frame() == frame) {
            return known.message();
        }
        SignedGossipMessage message = shared(SignedGossipMessage.parse(frame));
        if (frame.size() <= LARGEST) {
            frames[place] = new Parsed(frame, message);
        }
        return message;
    }

    /** Frames of one block differ by their routes only: a thousand peers that hold it hold the same bytes. */
    private SignedGossipMessage shared(SignedGossipMessage message) {
        if (message.type() != GossipMessage.ContentCase.DATA_MSG) {
            return message;
        }
        SignedGossipMessage known = block(message);
        SignedGossipMessage same = message.route().map(known::withRoute).orElse(known);
        return isSame(same.wire(), message.wire()) ? same : message;
    }

    /** The block of this number that came first, if no other has taken its place since. */
    private SignedGossipMessage block(SignedGossipMessage message) {
        int place = (int) number(message) & (BLOCKS - 1);
        SignedGossipMessage known = blocks[place];
        if (known == null || number(known) != number(message)) {
            known = message.withoutRoute();
            blocks[place] = known;
        }
        return known;
    }

    private static long number(SignedGossipMessage block) {
        return block.message().getDataMsg().getPayload().getSeqNum();
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
