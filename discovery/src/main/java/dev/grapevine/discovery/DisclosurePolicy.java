package dev.grapevine.discovery;

import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who may learn of whom across organisations (specification 5.7 and 6.6). A peer without an external endpoint is known in
 * its own organisation only, an internal endpoint never leaves it, and we tell nobody of a third organisation.
 */
public final class DisclosurePolicy {
    private final MspId own;
    private final IdentityStore identities;

    DisclosurePolicy(MspId own, IdentityStore identities) {
        this.own = own;
        this.identities = identities;
    }

    Optional<MspId> organisationOf(PkiId pkiId) {
        return identities.organisationOf(pkiId);
    }

    boolean isOwn(PkiId pkiId) {
        return organisationOf(pkiId).filter(own::equals).isPresent();
    }

    /**
     * Whether a peer may be told of another in a membership response.
     *
     * @param requester the organisation of the peer that asks
     * @param reachable whether it has an external endpoint
     */
    boolean mayLearn(MspId requester, boolean reachable, NetworkMember subject) {
        Optional<MspId> organisation = organisationOf(subject.pkiId());
        if (organisation.isEmpty()) {
            return false;
        }
        boolean same = organisation.get().equals(requester);
        return same || (organisation.get().equals(own) && subject.hasExternalEndpoint() && reachable);
    }

    /** An alive message as one peer may see it: the secret is for our own organisation, not for others or the unknown. */
    public SignedGossipMessage forReceiver(SignedGossipMessage alive, PkiId receiver) {
        return isOwn(receiver) ? alive : alive.withoutSecret();
    }

    SignedGossipMessage forOrganisation(SignedGossipMessage alive, MspId receiver) {
        return receiver.equals(own) ? alive : alive.withoutSecret();
    }

    /**
     * Which of the living an alive message may be pushed to; nobody if the organisation it speaks of is unknown. The
     * peer it came from is for the emitter to leave out.
     *
     * @param alive an alive message that discovery has handed over
     */
    public Predicate<NetworkMember> receiversOf(SignedGossipMessage alive) {
        var subject = alive.message().getAliveMsg().getMembership();
        Optional<MspId> origin =
                subject.getPkiId().isEmpty() ? Optional.empty() : organisationOf(new PkiId(subject.getPkiId()));
        if (origin.isEmpty()) {
            return receiver -> false;
        }
        if (!origin.get().equals(own)) {
            return receiver -> receiver.hasExternalEndpoint()
                    && (isOwn(receiver.pkiId())
                            || organisationOf(receiver.pkiId()).equals(origin));
        }
        return subject.getEndpoint().isEmpty() ? receiver -> isOwn(receiver.pkiId()) : receiver -> true;
    }
}
