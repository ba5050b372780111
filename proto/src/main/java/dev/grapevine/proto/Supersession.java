package dev.grapevine.proto;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.PeerTime;

/**
 * Which of two messages makes the other one obsolete, per message type (Fabric's message comparator).
 *
 * @param blockWindow how many blocks behind the newest a store keeps ({@code peer.gossip.maxBlockCountToStore})
 */
public record Supersession(int blockWindow) {
    /** What a new message does to one that is held already. */
    public enum Verdict {
        /** The two live side by side. */
        NO_ACTION,
        /** The new one replaces the held one. */
        INVALIDATES,
        /** The held one is the same or newer; the new one is refused. */
        INVALIDATED
    }

    /** What {@code fresh} does to {@code held}. Both must have passed the checks on required fields. */
    public Verdict verdict(GossipMessage fresh, GossipMessage held) {
        if (fresh.getContentCase() != held.getContentCase()) {
            return Verdict.NO_ACTION;
        }
        return switch (fresh.getContentCase()) {
            case ALIVE_MSG ->
                byTime(
                        fresh.getAliveMsg().getMembership().getPkiId(),
                        fresh.getAliveMsg().getTimestamp(),
                        held.getAliveMsg().getMembership().getPkiId(),
                        held.getAliveMsg().getTimestamp());
            case STATE_INFO ->
                byTime(
                        fresh.getStateInfo().getPkiId(),
                        fresh.getStateInfo().getTimestamp(),
                        held.getStateInfo().getPkiId(),
                        held.getStateInfo().getTimestamp());
            case LEADERSHIP_MSG ->
                byTime(
                        fresh.getLeadershipMsg().getPkiId(),
                        fresh.getLeadershipMsg().getTimestamp(),
                        held.getLeadershipMsg().getPkiId(),
                        held.getLeadershipMsg().getTimestamp());
            case PEER_IDENTITY ->
                fresh.getPeerIdentity().getPkiId().equals(held.getPeerIdentity().getPkiId())
                        ? Verdict.INVALIDATED
                        : Verdict.NO_ACTION;
            case DATA_MSG ->
                ofBlocks(
                        fresh.getDataMsg().getPayload().getSeqNum(),
                        held.getDataMsg().getPayload().getSeqNum());
            default -> Verdict.NO_ACTION;
        };
    }

    private static Verdict byTime(ByteString freshId, PeerTime freshTime, ByteString heldId, PeerTime heldTime) {
        if (!freshId.equals(heldId)) {
            return Verdict.NO_ACTION;
        }
        return Timestamp.of(freshTime).isNewerThan(Timestamp.of(heldTime)) ? Verdict.INVALIDATES : Verdict.INVALIDATED;
    }

    /** What a new block does to a held one, by their numbers (unsigned). */
    public Verdict ofBlocks(long fresh, long held) {
        if (fresh == held) {
            return Verdict.INVALIDATED;
        }
        boolean ahead = Long.compareUnsigned(fresh, held) > 0;
        long distance = ahead ? fresh - held : held - fresh;
        if (Long.compareUnsigned(distance, blockWindow) <= 0) {
            return Verdict.NO_ACTION;
        }
        return ahead ? Verdict.INVALIDATES : Verdict.INVALIDATED;
    }
}
