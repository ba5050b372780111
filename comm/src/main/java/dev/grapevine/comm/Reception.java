package dev.grapevine.comm;

import dev.grapevine.proto.SignedGossipMessage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the messages of all links come in: what is about links stays here, the rest goes to the node. On the loop only. */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Acknowledgements acknowledgements;
    private final BiConsumer<Link, Outgoing> answers;
    private Consumer<ReceivedMessage> receiver = message -> {};

    /** @param answers sends over the link that a message came by, or over the one that has taken its place */
    Reception(Acknowledgements acknowledgements, BiConsumer<Link, Outgoing> answers) {
        this.acknowledgements = acknowledgements;
        this.answers = answers;
    }

    /** Sets who takes what is not about links. */
    void onMessage(Consumer<ReceivedMessage> newReceiver) {
        receiver = newReceiver;
    }

    void receive(Link link, SignedGossipMessage message) {
        AcceptedMessage accepted = new AcceptedMessage(link, message, answers);
        try {
            deliver(link, accepted);
        } finally {
            accepted.handled();
        }
    }

    private void deliver(Link link, AcceptedMessage accepted) {
        switch (accepted.message().type()) {
            case CONN -> ignore(accepted);
            case EMPTY -> {
                if (accepted.message().extension().isPresent()) {
                    receiver.accept(accepted);
                } else {
                    ignore(accepted);
                }
            }
            case ACK ->
                acknowledgements.received(
                        link.pkiId(),
                        accepted.message().message().getNonce(),
                        accepted.message().message().getAck().getError());
            default -> receiver.accept(accepted);
        }
    }

    private static void ignore(AcceptedMessage accepted) {
        LOG.trace("{} means nothing here", accepted);
    }
}
