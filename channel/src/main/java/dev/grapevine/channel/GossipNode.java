package dev.grapevine.channel;

import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.channel.push.BatchingEmitter;
import dev.grapevine.channel.push.Outgoing;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gossip of one node: takes everything that comes in, holds the joined channels, pulls identities, pushes what is new. On the
 * loop only.
 */
public final class GossipNode {
    private final GossipPorts ports;
    private final GossipConfig config;
    private final Channels channels = new Channels();
    private final Verifications verifications;
    private final BatchingEmitter emitter;
    private final UnjoinedStateInfo unjoined;
    private final IdentityPull identityPull;
    private final Router router;
    private long givenIncarnation;
    private long givenAt;

    /** @param discovery handles alive messages, membership requests and membership responses */
    public GossipNode(GossipPorts ports, GossipConfig config, Consumer<ReceivedMessage> discovery) {
        this.ports = ports;
        this.config = config;
        verifications = new Verifications(ports.workers(), config.limits().verificationBytes());
        Dissemination dissemination =
                new Dissemination(ports, channels, config.push().peers());
        emitter = new BatchingEmitter(ports.scheduler(), config.push(), dissemination::round);
        unjoined = new UnjoinedStateInfo(ports, config, verifications, emitter::add);
        identityPull = new IdentityPull(ports, config, verifications);
        router = new Router(ports, config.limits(), channels, unjoined, identityPull::handle, discovery);
    }

    /** Receives from now on all messages of comm, and begins to pull identities. */
    public void start() {
        ports.comm().onMessage(this::receive);
        identityPull.start();
    }

    /** Ends all timers; nothing is pushed or pulled any more. */
    public void stop() {
        channels.all().forEach(GossipChannel::stop);
        identityPull.stop();
        unjoined.stop();
        emitter.stop();
    }

    /** Handles one message of an authenticated peer; whatever it contains, nothing is thrown. */
    public void receive(ReceivedMessage received) {
        router.receive(received);
    }

    /**
     * Sets the incarnation of our state info in channels that are joined from now on; it must be beyond that of any earlier
     * run, also if the clock was set back. The wall clock, if this is never called.
     *
     * @param incarnation in nanoseconds since the epoch
     */
    public void incarnation(long incarnation) {
        this.givenIncarnation = incarnation;
        this.givenAt = ports.scheduler().nanoTime();
    }

    private long incarnation() {
        long since = ports.scheduler().nanoTime() - givenAt;
        return Math.max(ports.scheduler().wallNanos(), givenIncarnation + since);
    }

    /** Joins a channel, also one that was left; configures it if it is joined already. */
    public GossipChannel join(ChannelId id, JoinMessage join) {
        GossipChannel joined = channels.get(id).orElse(null);
        if (joined != null && !joined.hasLeft()) {
            joined.configure(join);
            return joined;
        }
        if (joined != null) {
            joined.stop();
        }
        GossipChannel channel = new GossipChannel(ports, config, id, join, incarnation(), verifications, emitter::add);
        channels.add(channel);
        return channel;
    }

    public Optional<GossipChannel> channel(ChannelId id) {
        return channels.get(id);
    }

    /** All joined channels, by name; left ones too. */
    public List<GossipChannel> channels() {
        return channels.all();
    }

    /**
     * Pushes an alive message of discovery's, our own or one to be passed on.
     *
     * @param from the peer it came from; null for our own
     */
    public void push(SignedGossipMessage message, @Nullable PkiId from) {
        emitter.add(new Outgoing(message, from));
    }

    /** To be told when discovery has found somebody alive who was not. */
    public void memberAppeared() {
        channels.all().forEach(GossipChannel::memberAppeared);
    }

    /** To be told of every identity that the identity store has removed. */
    public void identityRemoved(PkiId peer) {
        identityPull.forget(peer);
    }

    /** The identities on offer to others. */
    public IdentityPull identityPull() {
        return identityPull;
    }
}
