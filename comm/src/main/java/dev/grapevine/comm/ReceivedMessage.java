package dev.grapevine.comm;

import dev.grapevine.proto.SignedGossipMessage;

/** A message from an authenticated peer, with the means to answer it. On the loop only. */
public interface ReceivedMessage {
    SignedGossipMessage message();

    ConnectionInfo sender();

    /** Sends an answer over the link the message came on, after what is queued there; dropped if that link has ended. */
    void respond(SignedGossipMessage answer);

    /**
     * Keeps the link from delivering more than its budget while this message is still being worked on. Without a hold, the
     * message counts as done when its handler returns.
     *
     * @return what releases it; call it exactly once, on the loop
     */
    Runnable hold();

    /** Answers with an Acknowledgement that repeats the message's nonce; an empty {@code error} means success. */
    void acknowledge(String error);
}
