package dev.grapevine.comm;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Bytes between authenticated peers: at most one live link per PKI-ID, whoever dialled. On the loop only. */
public interface Comm {
    /**
     * Sends to each peer, over its live link or a new one. Never blocks and reports nothing: a full lane drops the message
     * and counts it, a peer that cannot be reached is presumed dead ({@link #onPresumedDead}).
     */
    void send(SignedGossipMessage message, Collection<RemotePeer> peers);

    /** As the other, to one peer. */
    default void send(SignedGossipMessage message, RemotePeer peer) {
        send(message, List.of(peer));
    }

    /**
     * Sends to each peer and waits for acknowledgements that repeat the message's nonce.
     *
     * @param message has a random outer nonce
     * @param minimum enough successes to be done early
     * @param done told once, within {@code timeout}: for each peer an empty text for success or what went wrong
     */
    void sendWithAck(
            SignedGossipMessage message,
            Collection<RemotePeer> peers,
            int minimum,
            Duration timeout,
            Consumer<Map<RemotePeer, String>> done);

    /** Dials and pings without a handshake. */
    void probe(RemotePeer peer, Consumer<Verdict<Boolean>> done);

    /** Dials, shakes hands as a probe and hangs up; gives the identity found there (the deep probe). */
    void handshake(RemotePeer peer, Consumer<Verdict<ConnectionInfo>> done);

    /** Closes the live link to a peer, if any. */
    void close(PkiId peer, String reason);

    /** Who is at the other end of the live link to a peer. */
    Optional<ConnectionInfo> connection(PkiId peer);

    /** The one receiver of all messages of established links, except ConnEstablish, Acknowledgement and Empty without extension. */
    void onMessage(Consumer<ReceivedMessage> receiver);

    /** Told of peers that could not be reached or whose link broke while writing. */
    void onPresumedDead(Consumer<PkiId> listener);

    /** Told, besides, of those at whose endpoint nothing listens: their process has ended. */
    void onRefused(Consumer<PkiId> listener);

    /** Told of the old PKI-ID when another one of the same organisation answers at its endpoint. */
    void onIdentitySwitch(Consumer<PkiId> listener);

    /** The SHA-256 of our server TLS certificate; empty without TLS. */
    ByteString tlsCertificateHash();
}
