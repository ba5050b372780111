package dev.grapevine.discovery;

import dev.grapevine.comm.Comm;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.MembershipRequest;

/** Makes and sends membership requests. */
final class MembershipRequests {
    private final Comm comm;
    private final OwnAlive own;
    private final DisclosurePolicy disclosure;

    MembershipRequests(Comm comm, OwnAlive own, DisclosurePolicy disclosure) {
        this.comm = comm;
        this.own = own;
        this.disclosure = disclosure;
    }

    /**
     * Asks peers whom they know, telling them that we are alive. All of them are told the same, as Fabric does: an alive
     * message costs two signatures here, and another check at every peer that hears of it twice.
     */
    void ask(List<NetworkMember> peers) {
        if (peers.isEmpty()) {
            return;
        }
        SignedGossipMessage alive = own.next();
        SignedGossipMessage toOwn = request(0, alive);
        SignedGossipMessage toForeign = request(0, alive.withoutSecret());
        peers.forEach(peer -> comm.send(disclosure.isOwn(peer.pkiId()) ? toOwn : toForeign, peer.remotePeer()));
    }

    /**
     * A new request.
     *
     * @param nonce which the response repeats; 0 if nobody waits for it
     * @param withSecret whether it goes to a peer of our own organisation
     */
    SignedGossipMessage request(long nonce, boolean withSecret) {
        return request(nonce, withSecret ? own.next() : own.next().withoutSecret());
    }

    private static SignedGossipMessage request(long nonce, SignedGossipMessage alive) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setNonce(nonce)
                .setTag(GossipMessage.Tag.EMPTY)
                .setMemReq(MembershipRequest.newBuilder().setSelfInformation(alive.envelope()))
                .build());
    }
}
