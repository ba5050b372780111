package dev.grapevine.comm;

import dev.grapevine.proto.SignedGossipMessage;
import java.util.function.BiConsumer;
import org.hyperledger.fabric.protos.gossip.Acknowledgement;
import org.hyperledger.fabric.protos.gossip.GossipMessage;

/** A message of an established link. */
final class AcceptedMessage implements ReceivedMessage {
    private final Link link;
    private final SignedGossipMessage message;
    private final BiConsumer<Link, Outgoing> answers;
    private boolean held;
    private boolean released;

    /** @param answers sends over the link, or over the one that has taken its place */
    AcceptedMessage(Link link, SignedGossipMessage message, BiConsumer<Link, Outgoing> answers) {
        this.link = link;
        this.message = message;
        this.answers = answers;
    }

    /** The handler has returned: the message is done, or its link may bring the next while it is held. */
    void handled() {
        if (held) {
            link.intake().next();
        } else {
            release();
        }
    }

    private void release() {
        if (!released) {
            released = true;
            link.intake().end(message.size());
        }
    }

    @Override
    public SignedGossipMessage message() {
        return message;
    }

    @Override
    public ConnectionInfo sender() {
        return link.remote();
    }

    @Override
    public void respond(SignedGossipMessage answer) {
        answers.accept(link, Outgoing.answer(answer));
    }

    @Override
    public Runnable hold() {
        held = true;
        return this::release;
    }

    @Override
    public void acknowledge(String error) {
        respond(SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setNonce(message.message().getNonce())
                .setAck(Acknowledgement.newBuilder().setError(error))
                .build()));
    }

    @Override
    public String toString() {
        return message + " from " + sender();
    }
}
