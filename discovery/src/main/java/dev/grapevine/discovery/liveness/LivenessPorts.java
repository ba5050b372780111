package dev.grapevine.discovery.liveness;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.extension.Extension;
import java.util.Optional;
import java.util.function.Consumer;

/** What the liveness protocol asks of the membership, the links and the identities around it. On the loop only. */
public interface LivenessPorts {
    /** Sends over the link to a peer, dialling it if there is none. */
    void send(PkiId peer, Extension message);

    boolean isLinked(PkiId peer);

    /** Tries the peer's gRPC Ping; told false if that fails. */
    void ping(PkiId peer, Consumer<Boolean> answered);

    /** The time of the newest alive message known of a living peer, or of ourselves; empty if it is not alive. */
    Optional<Timestamp> lastHeard(PkiId peer);

    /** The same of a peer that is known to be dead; empty if it is alive or unknown. */
    Optional<Timestamp> lastKnown(PkiId peer);

    /** Signs a statement of ours. */
    SignedGossipMessage sign(Extension statement);

    /** Makes a new alive message of ours, newer than all before. */
    SignedGossipMessage refute();

    /** A statement as a receiver may hear it; empty if it may not hear of that peer at all. */
    Optional<SignedGossipMessage> forReceiver(Rumour rumour, PkiId receiver);

    /**
     * What a statement says.
     *
     * @throws MalformedMessageException if it is no gossip message
     */
    SignedGossipMessage parse(ByteString statement) throws MalformedMessageException;

    /** Takes an alive message that came with a message of another peer. */
    void alive(SignedGossipMessage message, ReceivedMessage source);

    /** Checks a peer's signature off the loop; {@code genuine} runs only if it is good. */
    void verify(SignedGossipMessage statement, PkiId signer, ReceivedMessage source, Runnable genuine);

    /** Runs a task on the loop after the checks of what has come until now. */
    void afterChecks(Runnable task);

    /** Counts what a peer should not have said. */
    void reject(ReceivedMessage source, String reason, String detail);

    /** A peer is dead. */
    void failed(PkiId peer, String why);

    /** A peer has taken its leave; alive messages up to that time say nothing any more. */
    void departed(PkiId peer, Timestamp time);
}
