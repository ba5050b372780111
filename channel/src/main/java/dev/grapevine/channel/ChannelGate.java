package dev.grapevine.channel;

import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets through what a peer may send to a channel's state and private data handlers: its handshake must satisfy the channel's
 * Readers policy. Fabric asks that for every message; the answer can only change with the link or the configuration, so it
 * is kept until then.
 */
final class ChannelGate {
    private final GossipPorts ports;
    private final ChannelId channel;
    private final HeldVerifications verifications;
    private final Map<PkiId, Answer> answers;
    private long configurations;

    private record Answer(ConnectionInfo link, boolean admitted) {}

    ChannelGate(GossipPorts ports, ChannelId channel, Verifications verifications, int maxPeers) {
        this.ports = ports;
        this.channel = channel;
        this.verifications = new HeldVerifications(ports, verifications);
        this.answers = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<PkiId, Answer> eldest) {
                return size() > maxPeers;
            }
        };
    }

    /** Hands a message on if its sender is admitted, now or after a verification. */
    void pass(ReceivedMessage received, Consumer<ReceivedMessage> handler) {
        ConnectionInfo link = received.sender();
        Answer known = answers.get(link.pkiId());
        if (known != null && known.link().equals(link)) {
            conclude(received, known.admitted(), handler);
        } else {
            ask(received, handler);
        }
    }

    private void ask(ReceivedMessage received, Consumer<ReceivedMessage> handler) {
        ConnectionInfo link = received.sender();
        long askedUnder = configurations;
        verifications.submit(
                received,
                () -> ports.crypto()
                        .verifyByChannel(channel, link.identity(), link.authSignature(), link.authPayload()),
                admitted -> {
                    if (askedUnder == configurations) {
                        answers.put(link.pkiId(), new Answer(link, admitted));
                    }
                    conclude(received, admitted, handler);
                });
    }

    private void conclude(ReceivedMessage received, boolean admitted, Consumer<ReceivedMessage> handler) {
        if (admitted) {
            handler.accept(received);
        } else {
            ports.reject(received.sender(), "not-a-reader", "it may not read " + channel);
        }
    }

    /** Forgets all answers: policies or identities may have changed. */
    void configurationApplied() {
        configurations++;
        answers.clear();
    }
}
