package dev.grapevine.node;

import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.discovery.MembershipListener;
import dev.grapevine.node.peer.JoinedChannel;
import dev.grapevine.node.peer.PeerNode;
import dev.grapevine.proto.ChannelId;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What programs want to be told of a peer: off its loop, on their own executors, each one's events in order. */
final class Subscriptions {
    private final PeerRuntime runtime;

    Subscriptions(PeerRuntime runtime) {
        this.runtime = runtime;
    }

    /** Shows messages of authenticated peers, with the means to answer; returns what ends it. */
    Runnable messages(Predicate<ReceivedMessage> fits, Executor executor, Consumer<ReceivedMessage> receiver) {
        InOrder ordered = new InOrder(executor);
        Consumer<ReceivedMessage> tap = received -> {
            if (fits.test(received)) {
                ReceivedMessage copy = new AnswerableMessage(received, runtime::execute);
                ordered.execute(() -> receiver.accept(copy));
            }
        };
        PeerNode node = runtime.node();
        runtime.execute(() -> node.tap(tap));
        return () -> runtime.execute(() -> node.untap(tap));
    }

    void membership(Executor executor, MembershipListener listener) {
        MembershipListener ordered = new OrderedMembership(new InOrder(executor), listener);
        runtime.withNode(node -> node.discovery().addListener(ordered));
    }

    /**
     * Subscribes to something that a joined channel tells; nothing happens if it is not joined.
     *
     * @param register gives the channel the listener that it is to tell
     */
    <T> void channel(
            ChannelId id, Executor executor, Consumer<T> listener, BiConsumer<JoinedChannel, Consumer<T>> register) {
        InOrder ordered = new InOrder(executor);
        Consumer<T> off = event -> ordered.execute(() -> listener.accept(event));
        runtime.withNode(node -> node.channel(id).ifPresent(channel -> register.accept(channel, off)));
    }
}
