package dev.grapevine.discovery;

import dev.grapevine.comm.Comm;
import dev.grapevine.proto.SignedGossipMessage;
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

    /** Asks one peer whom it knows, telling it that we are alive. */
    void ask(NetworkMember peer) {
        comm.send(request(0, disclosure.isOwn(peer.pkiId())), peer.remotePeer());
    }

    /**
     * A new request.
     *
     * @param nonce which the response repeats; 0 if nobody waits for it
     * @param withSecret whether it goes to a peer of our own organisation
     */
    SignedGossipMessage request(long nonce, boolean withSecret) {
        SignedGossipMessage alive = withSecret ? own.next() : own.next().withoutSecret();
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setNonce(nonce)
                .setTag(GossipMessage.Tag.EMPTY)
                .setMemReq(MembershipRequest.newBuilder().setSelfInformation(alive.envelope()))
                .build());
    }
}
