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
     * Asks peers whom they know, and shows them our last heartbeat. Fabric makes a new alive message for this, which is then
     * known to those three only: when we fall silent it travels from response to response for half a minute, and everybody
     * whom it reaches takes it for a sign of life. It would cost two signatures besides, and another check at every peer.
     */
    void ask(List<NetworkMember> peers) {
        if (!peers.isEmpty()) {
            send(own.current(), peers);
        }
    }

    /** Asks a peer that was dead to us, and to which we may have been dead as well: only what is news brings us back. */
    void askAnew(NetworkMember peer) {
        send(own.next(), List.of(peer));
    }

    private void send(SignedGossipMessage alive, List<NetworkMember> peers) {
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
