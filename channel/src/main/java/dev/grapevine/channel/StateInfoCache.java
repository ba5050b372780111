package dev.grapevine.channel;

import dev.grapevine.channel.store.MessageStore;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Supersession;
import java.util.List;
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
    private long version;

    StateInfoCache(Supersession supersession, long maxBytes) {
        this.store = MessageStore.lasting(supersession, StateInfoCache::subject, maxBytes);
    }

    boolean isFresh(SignedGossipMessage stateInfo) {
        return store.isFresh(stateInfo);
    }

    MessageStore.Outcome add(SignedGossipMessage stateInfo) {
        boolean onlyHeight = isOnlyHeight(stateInfo);
        MessageStore.Outcome outcome = store.add(stateInfo);
        if (outcome == MessageStore.Outcome.ADDED && !onlyHeight) {
            version++;
        }
        return outcome;
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
        store.removeIf(held -> held == stateInfo);
        version++;
    }

    void removeIf(Predicate<PkiId> peer) {
        store.removeIf(held -> peer.test(subject(held)));
        version++;
    }

    /** Whom a well-formed state-info message is about. */
    static PkiId subject(SignedGossipMessage stateInfo) {
        return stateInfo.reading(
                PkiId.class,
                message -> new PkiId(message.message().getStateInfo().getPkiId()));
    }
}
