package dev.grapevine.channel;

import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.channel.store.MessageStore;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.PayloadVerifier;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Supersession;
import java.util.Optional;
import java.util.function.Consumer;

/** Leadership messages of our own organisation: each is delivered once and never passed on. */
final class LeadershipInbox {
    private static final long MAX_BYTES = 1 << 20;

    private final GossipPorts ports;
    private final HeldVerifications verifications;
    private final MessageStore<PkiId> seen;
    private Consumer<SignedGossipMessage> delivery = message -> {};

    LeadershipInbox(GossipPorts ports, GossipConfig config, Supersession supersession, Verifications verifications) {
        this.ports = ports;
        this.verifications = new HeldVerifications(ports, verifications);
        this.seen = MessageStore.expiring(
                supersession, LeadershipInbox::creator, MAX_BYTES, ports.scheduler(), config.leadershipLife());
    }

    private static PkiId creator(SignedGossipMessage message) {
        return message.reading(
                PkiId.class, read -> new PkiId(read.message().getLeadershipMsg().getPkiId()));
    }

    void deliverTo(Consumer<SignedGossipMessage> receiver) {
        this.delivery = receiver;
    }

    void take(ReceivedMessage received) {
        SignedGossipMessage message = received.message();
        String fault = MessageForm.faultOfLeadership(message);
        if (fault != null) {
            ports.reject(received.sender(), "malformed-leadership-message", fault);
            return;
        }
        PkiId creator = creator(message);
        boolean ownOrganisation =
                received.sender().mspId().equals(ports.self().mspId()) && ports.isOwnOrganisation(creator);
        if (!ownOrganisation) {
            ports.reject(
                    received.sender(), "foreign-leadership-message", "sender or creator is not of our organisation");
        } else if (!creator.equals(ports.self().pkiId()) && seen.isFresh(message)) {
            verify(received, creator);
        }
    }

    private void verify(ReceivedMessage received, PkiId creator) {
        Optional<PayloadVerifier> verifier = ports.verifierOf(creator);
        if (verifier.isEmpty()) {
            ports.drop("leadership-message-of-unknown-identity");
            return;
        }
        verifications.submit(
                received, () -> received.message().verify(verifier.get()), valid -> admit(received, valid));
    }

    private void admit(ReceivedMessage received, boolean valid) {
        if (!valid) {
            ports.reject(
                    received.sender(), "bad-leadership-signature", "a leadership message whose signature is wrong");
        } else if (seen.add(received.message()) == MessageStore.Outcome.ADDED) {
            delivery.accept(received.message());
        }
    }

    void stop() {
        seen.stop();
    }
}
