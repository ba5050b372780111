package dev.grapevine.channel;

import dev.grapevine.channel.store.MessageStore;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Supersession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.gossip.Chaincode;
import org.hyperledger.fabric.protos.gossip.StateInfo;

/**
 * The newest state info of every peer in a channel, our own among them. It has no time to live: an entry stays while
 * discovery knows its peer, alive or dead. What comes in here was verified.
 */
final class StateInfoCache {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final MessageStore<PkiId> store;
    /** Heights that peers have said themselves since their state info. Never gone through, only looked up. */
    private final Map<PkiId, Long> heard = new HashMap<>();

    private long version;

    /** No height held is greater; one that was may have been superseded by a smaller. */
    private long highest;

    StateInfoCache(Supersession supersession, long maxBytes) {
        this.store = MessageStore.lasting(supersession, StateInfoCache::subject, maxBytes);
    }

    boolean isFresh(SignedGossipMessage stateInfo) {
        return store.isFresh(stateInfo);
    }

    MessageStore.Outcome add(SignedGossipMessage stateInfo) {
        boolean onlyHeight = isOnlyHeight(stateInfo);
        MessageStore.Outcome outcome = store.add(stateInfo);
        if (outcome == MessageStore.Outcome.ADDED) {
            heard.remove(subject(stateInfo));
            highest = higher(highest, stateInfo);
            version += onlyHeight ? 0 : 1;
        }
        return outcome;
    }

    /** A peer that has state info here has itself said another height, which counts until its next state info. */
    void heard(PkiId peer, long height) {
        if (contains(peer)) {
            heard.put(peer, height);
            highest = Long.compareUnsigned(height, highest) > 0 ? height : highest;
        }
    }

    /** The height a peer said last; 0 if it has said none. */
    long heightOf(PkiId peer) {
        Long said = heard.get(peer);
        return said != null
                ? said
                : of(peer).map(info -> info.getProperties().getLedgerHeight()).orElse(0L);
    }

    private static long higher(long height, SignedGossipMessage stateInfo) {
        long said = stateInfo.message().getStateInfo().getProperties().getLedgerHeight();
        return Long.compareUnsigned(said, height) > 0 ? said : height;
    }

    /** Whether anybody may say to have more blocks than these: false for sure, true perhaps no longer. */
    boolean mayBeAbove(long height) {
        return Long.compareUnsigned(highest, height) > 0;
    }

    /** Whether all that a message says beyond what is held of its peer is another height. */
    boolean isOnlyHeight(SignedGossipMessage stateInfo) {
        return of(StateInfoCache.subject(stateInfo))
                .filter(held ->
                        participation(held) == participation(stateInfo.message().getStateInfo()))
                .isPresent();
    }

    /** A hash of a state info without its height, which is the same at all nodes and need not withstand an attacker. */
    static long participation(StateInfo info) {
        long hash = info.getTimestamp().getIncNum() ^ info.getPkiId().hashCode();
        for (Chaincode chaincode : info.getProperties().getChaincodesList()) {
            hash = hash * MIX ^ chaincode.toByteString().hashCode();
        }
        return info.getProperties().getLeftChannel() ? ~hash * MIX : hash * MIX;
    }

    /** Changes whenever a peer begins or ends to take part, or says something else that is more than another height. */
    long version() {
        return version;
    }

    Optional<StateInfo> of(PkiId peer) {
        return message(peer).map(message -> message.message().getStateInfo());
    }

    Optional<SignedGossipMessage> message(PkiId peer) {
        return store.get(peer);
    }

    boolean contains(PkiId peer) {
        return store.get(peer).isPresent();
    }

    int size() {
        return store.size();
    }

    List<SignedGossipMessage> all() {
        return store.messages();
    }

    /** Removes one message if it is still the newest of its peer. */
    void remove(SignedGossipMessage stateInfo) {
        forget(held -> held == stateInfo);
    }

    void removeIf(Predicate<PkiId> peer) {
        forget(held -> peer.test(subject(held)));
    }

    private void forget(Predicate<SignedGossipMessage> doomed) {
        if (store.removeIf(doomed)) {
            version++;
            heard.clear();
            highest = 0;
            store.messages().forEach(held -> highest = higher(highest, held));
        }
    }

    /** Whom a well-formed state-info message is about. */
    static PkiId subject(SignedGossipMessage stateInfo) {
        return stateInfo.reading(
                PkiId.class,
                message -> new PkiId(message.message().getStateInfo().getPkiId()));
    }
}
