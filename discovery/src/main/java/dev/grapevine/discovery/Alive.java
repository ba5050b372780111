package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.proto.Capability;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.TagLegality;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.Verdict;
import java.util.Optional;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.hyperledger.fabric.protos.gossip.SecretEnvelope;

/**
 * An alive message whose parts are all there. Whether its signature is genuine is another question.
 *
 * @param message the message in the bytes it came in
 * @param endpoint the external endpoint; may be empty
 * @param internalEndpoint from the secret; empty if it came without
 * @param identity the serialised identity; empty after the first seconds of a peer's life
 */
record Alive(
        SignedGossipMessage message,
        PkiId pkiId,
        Timestamp time,
        String endpoint,
        String internalEndpoint,
        ByteString metadata,
        ByteString identity,
        int revision) {
    /** Largest alive message that is looked at, in bytes: a largest identity and as much again for everything else. */
    static final int MAX_BYTES = 2 * IdentityStore.MAX_IDENTITY_BYTES;

    private record Reading(Verdict<Alive> verdict) {}

    /** Checks that a message is an alive message with all its parts, none of them out of bounds. */
    static Verdict<Alive> read(SignedGossipMessage message) {
        return message.reading(Reading.class, anew -> new Reading(check(anew))).verdict();
    }

    private static Verdict<Alive> check(SignedGossipMessage message) {
        if (message.type() != ContentCase.ALIVE_MSG) {
            return Verdict.rejected("not-an-alive-message", "expected an alive message, got " + message.type());
        }
        if (!TagLegality.isLegal(message.message())) {
            return Verdict.rejected(
                    "illegal-tag",
                    "an alive message with tag " + message.message().getTag());
        }
        if (message.size() > MAX_BYTES) {
            return Verdict.rejected("oversized-alive", message.size() + " bytes; at most " + MAX_BYTES);
        }
        AliveMessage alive = message.message().getAliveMsg();
        if (!alive.hasMembership() || alive.getMembership().getPkiId().isEmpty() || !alive.hasTimestamp()) {
            return Verdict.rejected("incomplete-alive", "membership, PKI-ID and timestamp must be there");
        }
        if (!message.isSigned() || !isSecretComplete(message)) {
            return Verdict.rejected("unsigned-alive", "payload and secret must be signed");
        }
        return inBounds(message, alive);
    }

    private static boolean isSecretComplete(SignedGossipMessage message) {
        SecretEnvelope secret = message.envelope().getSecretEnvelope();
        return !message.envelope().hasSecretEnvelope()
                || (!secret.getPayload().isEmpty() && !secret.getSignature().isEmpty());
    }

    private static Verdict<Alive> inBounds(SignedGossipMessage message, AliveMessage alive) {
        String endpoint = alive.getMembership().getEndpoint();
        String internal = message.internalEndpoint().orElse("");
        Optional<String> fault = fault(endpoint).or(() -> fault(internal));
        if (fault.isPresent()) {
            return Verdict.rejected("bad-endpoint", fault.get());
        }
        return Verdict.accepted(new Alive(
                message,
                new PkiId(alive.getMembership().getPkiId()),
                Timestamp.of(alive.getTimestamp()),
                endpoint,
                internal,
                alive.getMembership().getMetadata(),
                alive.getIdentity(),
                Capability.revision(alive)));
    }

    private static Optional<String> fault(String endpoint) {
        return endpoint.isEmpty() ? Optional.empty() : Endpoint.fault(endpoint);
    }

    /**
     * The peer as this message describes it.
     *
     * @param knownInternalEndpoint what is kept when the message came without its secret
     */
    NetworkMember member(String knownInternalEndpoint) {
        String internal = internalEndpoint.isEmpty() ? knownInternalEndpoint : internalEndpoint;
        return new NetworkMember(pkiId, endpoint, internal, metadata, revision);
    }

    /** Whether both are the same signed statement, with or without the secret beside it. */
    boolean saysTheSameAs(Alive other) {
        return message.envelope().getPayload().equals(other.message.envelope().getPayload());
    }
}
