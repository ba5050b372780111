package dev.grapevine.channel.pull;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.flow.PeerSelection;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One round of the asking side: whom we asked under which nonce, who offered what, what we then asked of whom. */
final class PullRound {
    private final Map<PkiId, Asked> asked = new LinkedHashMap<>();
    private final Map<ByteString, Set<Asked>> offers = new LinkedHashMap<>();
    private boolean requesting;

    /** A partner, its nonce, and what was asked of it. Compared by identity. */
    static final class Asked {
        private final RemotePeer peer;
        private final long nonce;
        private final Set<ByteString> items = new LinkedHashSet<>();
        private boolean answered;

        Asked(RemotePeer peer, long nonce) {
            this.peer = peer;
            this.nonce = nonce;
        }

        RemotePeer peer() {
            return peer;
        }

        long nonce() {
            return nonce;
        }

        List<ByteString> items() {
            return new ArrayList<>(items);
        }
    }

    /** Adds a partner with a nonce that no other has. */
    Asked ask(RemotePeer partner, PkiId pkiId, RandomGenerator random) {
        long nonce = random.nextLong();
        while (usesNonce(nonce)) {
            nonce = random.nextLong();
        }
        Asked fresh = new Asked(partner, nonce);
        asked.put(pkiId, fresh);
        return fresh;
    }

    private boolean usesNonce(long nonce) {
        return asked.values().stream().anyMatch(partner -> partner.nonce == nonce);
    }

    /** The partner of this round that a message with this nonce can be from; null if the peer was not asked under it. */
    @Nullable
    Asked partner(PkiId peer, long nonce) {
        Asked partner = asked.get(peer);
        return partner != null && partner.nonce == nonce ? partner : null;
    }

    boolean isRequesting() {
        return requesting;
    }

    /** Notes that a partner's digest has come. */
    void answered(Asked partner) {
        partner.answered = true;
    }

    /** Whether there is no digest left to wait for. */
    boolean haveAllAnswered() {
        return asked.values().stream().allMatch(partner -> partner.answered);
    }

    /** Notes that a partner has an item. */
    void offered(Asked partner, ByteString id) {
        offers.computeIfAbsent(id, unknown -> new LinkedHashSet<>()).add(partner);
    }

    /** Ends the gathering of digests: for every item one of those who offer it is chosen. */
    List<Asked> chooseSources(RandomGenerator random) {
        requesting = true;
        offers.forEach((id, sources) ->
                PeerSelection.one(new ArrayList<>(sources), random).items.add(id));
        offers.clear();
        return asked.values().stream()
                .filter(partner -> !partner.items.isEmpty())
                .toList();
    }

    /** Whether an item was asked of a partner and has not come yet; asking twice says no. */
    boolean claims(Asked partner, ByteString id) {
        return partner.items.remove(id);
    }
}
