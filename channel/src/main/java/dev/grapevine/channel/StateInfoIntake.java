package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.channel.store.MessageStore;
import dev.grapevine.crypto.ValidIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The way of a state-info message into the cache: is it news, is it of this channel, is its owner of an organisation of the
 * channel, and does its signature satisfy the channel's Readers policy. The signature comes last.
 */
final class StateInfoIntake {
    /** A peer's height is news again when it has gone beyond the next multiple of this. */
    private static final int STEP = 64;

    private final GossipPorts ports;
    private final ChannelId channel;
    private final ChannelView view;
    private final StateInfoCache cache;
    private final Verifications verifications;
    private final Set<Copy> beingChecked = new HashSet<>();
    private Consumer<ChannelPeer> listener = peer -> {};

    /** What makes two messages the same to the last bit, so that they are both genuine or both not. */
    private record Copy(ByteString payload, ByteString signature) {
        static Copy of(SignedGossipMessage message) {
            return new Copy(message.envelope().getPayload(), message.envelope().getSignature());
        }
    }

    StateInfoIntake(
            GossipPorts ports, ChannelId channel, ChannelView view, StateInfoCache cache, Verifications verifications) {
        this.ports = ports;
        this.channel = channel;
        this.view = view;
        this.cache = cache;
        this.verifications = verifications;
    }

    /** Told of every living peer whose newer state info came in, or that is far ahead of us by its own word. */
    void tell(Consumer<ChannelPeer> told) {
        this.listener = told;
    }

    /**
     * Takes a well-formed message.
     *
     * @param from whom to blame, for the log
     * @param done told once whether it is new and good and now in the cache
     */
    void take(SignedGossipMessage message, Object from, Consumer<Boolean> done) {
        PkiId subject = StateInfoCache.subject(message);
        if (subject.equals(ports.self().pkiId()) || !cache.isFresh(message) || isBeingChecked(message)) {
            done.accept(false);
        } else if (!message.message().getStateInfo().getChannelMAC().equals(channel.mac(subject))) {
            ports.reject(from, "wrong-channel-mac", "state info of " + subject + " is not of " + channel);
            done.accept(false);
        } else if (ports.organisationOf(subject).isEmpty()) {
            // It came before the identity was pulled: an honest relay is not to blame, and the next pull brings it
            // again.
            ports.drop("state-info-of-unknown-identity");
            done.accept(false);
        } else if (!view.isOfChannel(subject)) {
            ports.reject(from, "not-of-the-channel", subject + " is of no organisation of " + channel);
            done.accept(false);
        } else if (!check(message, subject, valid -> done.accept(admit(message, from, valid)))) {
            ports.drop("verification-backlog");
            done.accept(false);
        }
    }

    /**
     * Takes a peer's own word for its height, which is fresher than its state info.
     *
     * @param far whether it is worth telling
     */
    void heard(PkiId peer, long height, boolean far) {
        boolean news = far && Long.divideUnsigned(height, STEP) != Long.divideUnsigned(cache.heightOf(peer), STEP);
        cache.heard(peer, height);
        if (news) {
            view.peer(peer).ifPresent(listener);
        }
    }

    /** Several peers tell a newcomer the same at almost the same time: one check is enough for all copies. */
    private boolean isBeingChecked(SignedGossipMessage message) {
        return beingChecked.contains(Copy.of(message));
    }

    private boolean check(SignedGossipMessage message, PkiId subject, Consumer<Boolean> done) {
        Copy copy = Copy.of(message);
        boolean started = verify(message, subject, valid -> {
            beingChecked.remove(copy);
            done.accept(valid);
        });
        if (started) {
            beingChecked.add(copy);
        }
        return started;
    }

    private boolean admit(SignedGossipMessage message, Object from, boolean valid) {
        PkiId subject = StateInfoCache.subject(message);
        if (!valid) {
            ports.reject(from, "bad-state-info-signature", "of " + subject + " in " + channel);
            return false;
        }
        if (!view.isOfChannel(subject)) {
            ports.drop("state-info-of-removed-peer");
            return false;
        }
        MessageStore.Outcome outcome = cache.add(message);
        if (outcome == MessageStore.Outcome.FULL) {
            ports.drop("state-info-cache-full");
        }
        if (outcome != MessageStore.Outcome.ADDED) {
            return false;
        }
        view.peer(subject).ifPresent(listener);
        return true;
    }

    /** Whether the verification is under way; otherwise {@code done} is never told. */
    private boolean verify(SignedGossipMessage message, PkiId subject, Consumer<Boolean> done) {
        Optional<ByteString> identity =
                ports.identities().get(subject, ports.scheduler().wallTime()).map(ValidIdentity::serialized);
        return identity.isPresent()
                && verifications.submit(
                        message.size(),
                        () -> message.verify((signature, payload) ->
                                ports.crypto().verifyByChannel(channel, identity.get(), signature, payload)),
                        false,
                        done);
    }

    /**
     * Judges everything in the cache again, after organisations or policies changed, and removes what no longer passes. What
     * cannot be judged for want of room goes too: the next pull brings it again.
     */
    void judgeAgain() {
        cache.removeIf(peer -> !peer.equals(ports.self().pkiId()) && !view.isOfChannel(peer));
        for (SignedGossipMessage held : cache.all()) {
            PkiId subject = StateInfoCache.subject(held);
            if (!subject.equals(ports.self().pkiId()) && !verify(held, subject, valid -> removeUnless(valid, held))) {
                cache.remove(held);
            }
        }
    }

    /** Removes what is about peers that discovery has forgotten. */
    void forgetStrangers() {
        cache.removeIf(peer -> !peer.equals(ports.self().pkiId())
                && ports.membership().lookup(peer).isEmpty());
    }

    private void removeUnless(boolean valid, SignedGossipMessage held) {
        if (!valid) {
            cache.remove(held);
        }
    }
}
