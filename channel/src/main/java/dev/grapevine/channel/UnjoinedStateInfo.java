package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.channel.push.Outgoing;
import dev.grapevine.channel.store.MessageStore;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.PayloadVerifier;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Supersession;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * State info of channels we have not joined: what a peer of our own organisation sends is passed on once within it, so that
 * those who have joined hear of each other through us. Told apart by channel MAC, one for each peer and channel; Fabric's
 * store confuses the channels of one peer.
 */
final class UnjoinedStateInfo {
    private final GossipPorts ports;
    private final GossipLimits limits;
    private final HeldVerifications verifications;
    private final Consumer<Outgoing> push;
    private final MessageStore<ByteString> seen;

    UnjoinedStateInfo(GossipPorts ports, GossipConfig config, Verifications verifications, Consumer<Outgoing> push) {
        this.ports = ports;
        this.limits = config.limits();
        this.verifications = new HeldVerifications(ports, verifications);
        this.push = push;
        this.seen = MessageStore.expiring(
                new Supersession(config.maxBlockCountToStore()),
                message -> message.message().getStateInfo().getChannelMAC(),
                limits.stateInfoBytes(),
                ports.scheduler(),
                config.unjoinedStateInfoLife());
    }

    void take(ReceivedMessage received) {
        SignedGossipMessage message = received.message();
        String fault = MessageForm.faultOfStateInfo(message, limits.chaincodes());
        if (fault != null) {
            ports.reject(received.sender(), "malformed-state-info", fault);
            return;
        }
        PkiId subject = StateInfoCache.subject(message);
        if (!received.sender().mspId().equals(ports.self().mspId())
                || subject.equals(ports.self().pkiId())) {
            ports.drop("state-info-of-unjoined-channel");
        } else if (seen.isFresh(message)) {
            verify(received, subject);
        }
    }

    private void verify(ReceivedMessage received, PkiId subject) {
        Optional<PayloadVerifier> verifier = ports.verifierOf(subject);
        if (verifier.isEmpty()) {
            ports.drop("state-info-of-unknown-identity");
            return;
        }
        verifications.submit(
                received, () -> received.message().verify(verifier.get()), valid -> admit(received, valid));
    }

    private void admit(ReceivedMessage received, boolean valid) {
        if (!valid) {
            ports.reject(received.sender(), "bad-state-info-signature", "of a channel we have not joined");
        } else if (seen.add(received.message()) == MessageStore.Outcome.ADDED) {
            push.accept(new Outgoing(received.message(), received.sender().pkiId()));
        }
    }

    void stop() {
        seen.stop();
    }
}
