package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.simulation.scenario.Behaviour;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hyperledger.fabric.protos.gossip.DataDigest;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.PullMsgType;

/** What a Byzantine peer makes of a frame it should send: other frames, more of them, or none. */
final class Mischief {
    private static final int REMEMBERED = 64;
    private static final int FLOOD = 20;
    private static final int INVENTED = 5;
    private static final long EXAGGERATION = 1_000;

    private final Behaviour behaviour;
    private final SigningIdentity self;
    private final RandomGenerator random;
    private final List<ByteString> past = new ArrayList<>();

    Mischief(Behaviour behaviour, SigningIdentity self, RandomGenerator random) {
        this.behaviour = behaviour;
        this.self = self;
        this.random = random;
    }

    /** What is sent in place of a frame. */
    List<ByteString> twist(ByteString frame) {
        return switch (behaviour) {
            case FORGE -> List.of(carriesBlocks(frame) ? forged(frame) : frame);
            case REPLAY -> List.of(frame, old(frame));
            case WITHHOLD -> carriesBlocks(frame) ? List.of() : List.of(frame);
            case LIE -> List.of(lie(frame));
            case FLOOD -> carriesBlocks(frame) ? List.of(frame) : Collections.nCopies(FLOOD, frame);
        };
    }

    private static boolean carriesBlocks(ByteString frame) {
        try {
            return SignedGossipMessage.parse(frame).carriesBlocks();
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    /** One bit in the middle is another: in a block of some size, that is in its transactions. */
    private static ByteString forged(ByteString frame) {
        byte[] bytes = frame.toByteArray();
        bytes[bytes.length / 2] ^= 1;
        return ByteString.copyFrom(bytes);
    }

    private ByteString old(ByteString frame) {
        if (past.size() < REMEMBERED) {
            past.add(frame);
        } else {
            past.set(random.nextInt(REMEMBERED), frame);
        }
        return past.get(random.nextInt(past.size()));
    }

    private ByteString lie(ByteString frame) {
        try {
            SignedGossipMessage message = SignedGossipMessage.parse(frame);
            return switch (message.type()) {
                case STATE_INFO -> exaggerate(message);
                case DATA_DIG -> invent(message);
                default -> frame;
            };
        } catch (MalformedMessageException e) {
            return frame;
        }
    }

    /** Our own height is far beyond the truth; state info of others is signed by them. */
    private ByteString exaggerate(SignedGossipMessage message) {
        if (!message.message().getStateInfo().getPkiId().equals(self.pkiId().bytes())) {
            return message.wire();
        }
        GossipMessage.Builder lie = message.message().toBuilder();
        lie.getStateInfoBuilder()
                .getPropertiesBuilder()
                .setLedgerHeight(
                        message.message().getStateInfo().getProperties().getLedgerHeight() + EXAGGERATION);
        return SignedGossipMessage.signed(lie.build(), self).wire();
    }

    /** Offers blocks that nobody has ordered yet. */
    private static ByteString invent(SignedGossipMessage message) {
        DataDigest digest = message.message().getDataDig();
        if (digest.getMsgType() != PullMsgType.BLOCK_MSG) {
            return message.wire();
        }
        long highest = digest.getDigestsList().stream()
                .mapToLong(each -> Long.parseLong(each.toStringUtf8()))
                .max()
                .orElse(0);
        GossipMessage.Builder lie = message.message().toBuilder();
        for (long number = highest + 1; number <= highest + INVENTED; number++) {
            lie.getDataDigBuilder().addDigests(ByteString.copyFromUtf8(Long.toString(number)));
        }
        return SignedGossipMessage.unsigned(lie.build()).wire();
    }
}
