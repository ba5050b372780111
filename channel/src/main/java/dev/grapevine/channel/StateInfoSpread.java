package dev.grapevine.channel;

import dev.grapevine.channel.flow.PeerSelection;
import dev.grapevine.channel.push.Outgoing;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How state info travels. By Fabric's push, to everybody, if any plain Fabric peer is alive or it says more than another
 * height. A mere height otherwise goes to a few neighbours alone: a peer's traffic must not grow with the number of those that
 * commit blocks, each copy costs a signature check, and whoever lacks blocks needs some sources, not all.
 */
final class StateInfoSpread {
    /** Neighbours who hear of a height, drawn anew each time; so each peer hears of so many heights on the average. */
    private static final int HEARERS = 5;

    private final GossipPorts ports;
    private final ChannelView view;
    private final StateInfoCache cache;
    private final Consumer<Outgoing> push;

    StateInfoSpread(GossipPorts ports, ChannelView view, StateInfoCache cache, Consumer<Outgoing> push) {
        this.ports = ports;
        this.view = view;
        this.cache = cache;
        this.push = push;
    }

    /** Whether a message that comes in goes on to others once it is in the cache; to be asked before it is. */
    boolean isForAll(SignedGossipMessage stateInfo) {
        return !ports.membership().isCalm() || !cache.isOnlyHeight(stateInfo);
    }

    /** Passes on what a peer has sent. */
    void passOn(SignedGossipMessage stateInfo, @Nullable PkiId from) {
        push.accept(new Outgoing(stateInfo, from));
    }

    /** Stores and sends our own. */
    void publish(SignedGossipMessage own) {
        boolean forAll = isForAll(own);
        cache.add(own);
        if (forAll) {
            passOn(own, null);
        } else {
            PeerSelection.pick(
                            ports.membership().neighbours(),
                            HEARERS,
                            view::isOfChannel,
                            ports.scheduler().random())
                    .forEach(peer -> tell(peer, own));
        }
    }

    private void tell(PkiId peer, SignedGossipMessage own) {
        ports.membership().lookup(peer).ifPresent(member -> ports.comm().send(own, member.remotePeer()));
    }
}
