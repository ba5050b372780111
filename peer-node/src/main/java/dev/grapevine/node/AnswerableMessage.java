package dev.grapevine.node;

import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.concurrent.Executor;

/** A received message that may be answered from any thread. */
record AnswerableMessage(ReceivedMessage received, Executor loop) implements ReceivedMessage {
    @Override
    public SignedGossipMessage message() {
        return received.message();
    }

    @Override
    public ConnectionInfo sender() {
        return received.sender();
    }

    @Override
    public void respond(SignedGossipMessage answer) {
        loop.execute(() -> received.respond(answer));
    }

    /** Nothing to hold: the node handles the message itself meanwhile. */
    @Override
    public Runnable hold() {
        return () -> {};
    }

    @Override
    public void acknowledge(String error) {
        loop.execute(() -> received.acknowledge(error));
    }
}
