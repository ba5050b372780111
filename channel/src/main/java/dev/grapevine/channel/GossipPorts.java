package dev.grapevine.channel;

import dev.grapevine.comm.Comm;
import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.crypto.MessageCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.discovery.Membership;
import dev.grapevine.discovery.Neighbourhood;
import dev.grapevine.proto.InnerMessages;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PayloadVerifier;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.proto.time.Workers;
import java.util.Optional;

/** What this room needs of the rest of the node. */
public record GossipPorts(
        Scheduler scheduler,
        Workers workers,
        Comm comm,
        Membership membership,
        IdentityStore identities,
        MessageCrypto crypto,
        DistinctBlocks blocks,
        SigningIdentity self,
        RejectionLog rejections,
        InnerMessages messages,
        Meters meters) {
    /** Counts something that is dropped without anybody being to blame (metric {@code gossip_dropped}, by reason). */
    void drop(String reason) {
        meters.counter("gossip_dropped", "reason", reason).increment();
    }

    /** Counts and logs a peer's misbehaviour. */
    void reject(Object from, String reason, String detail) {
        rejections.report(from, new Rejection(reason, detail));
    }

    /** The organisation of a peer, ourselves included; empty if its identity is not known. */
    Optional<MspId> organisationOf(PkiId peer) {
        return peer.equals(self.pkiId()) ? Optional.of(self.mspId()) : identities.organisationOf(peer);
    }

    boolean isOwnOrganisation(PkiId peer) {
        return organisationOf(peer).filter(self.mspId()::equals).isPresent();
    }

    /** With whom we deal where all are probed. */
    Neighbourhood neighbourhood() {
        return new Neighbourhood(membership, comm, this::isOwnOrganisation, scheduler);
    }

    /** A verifier of a peer's signatures for a worker; empty if its identity is not known. */
    Optional<PayloadVerifier> verifierOf(PkiId peer) {
        return identities.verifierOf(peer, scheduler.wallTime());
    }

    /** Whether discovery knows an external endpoint of a peer, alive or dead. */
    boolean hasExternalEndpoint(PkiId peer) {
        return membership
                .lookup(peer)
                .filter(member -> member.hasExternalEndpoint())
                .isPresent();
    }
}
