package dev.grapevine.node.peer;

import dev.grapevine.channel.GossipNode;
import dev.grapevine.channel.GossipPorts;
import dev.grapevine.comm.GossipComm;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.discovery.Discovery;
import dev.grapevine.discovery.DiscoveryPorts;
import dev.grapevine.discovery.MembershipListener;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.state.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A peer: links, membership, gossip and its joined channels. On the loop only, constructor included. */
public final class PeerNode {
    private static final int MAX_IDENTITIES = 20_000;

    private final IdentityStore identities;
    private final GossipComm comm;
    private final Discovery discovery;
    private final GossipNode gossip;
    private final PeerContext context;
    private final Map<ChannelId, JoinedChannel> channels = new TreeMap<>();
    private final List<Consumer<ReceivedMessage>> taps = new ArrayList<>();

    /**
     * Builds a peer that does nothing before {@link #start}.
     *
     * @throws IllegalArgumentException if its own identity is not valid or has expired
     */
    public PeerNode(PeerPorts ports, PeerSettings settings) {
        RejectionLog rejections = new RejectionLog(ports.scheduler(), ports.meters());
        identities = new IdentityStore(
                ports.trust().crypto(),
                ports.self(),
                MAX_IDENTITIES,
                ports.scheduler().wallTime());
        comm = new GossipComm(
                settings.comm(),
                ports.transport(),
                ports.self(),
                identities,
                ports.scheduler(),
                ports.workers(),
                rejections,
                ports.meters());
        discovery = new Discovery(
                settings.discovery(),
                new DiscoveryPorts(
                        ports.scheduler(),
                        ports.workers(),
                        comm,
                        ports.self(),
                        ports.trust().crypto(),
                        identities,
                        (message, from) -> gossip().push(message, from),
                        ports.incarnations(),
                        ports.snapshots(),
                        rejections,
                        ports.messages(),
                        ports.meters()));
        DistinctBlocks blocks =
                new DistinctBlocks(ports.workers(), ports.trust().crypto()::verifyBlock);
        gossip = new GossipNode(
                new GossipPorts(
                        ports.scheduler(),
                        ports.workers(),
                        comm,
                        discovery,
                        identities,
                        ports.trust().crypto(),
                        blocks,
                        ports.self(),
                        rejections,
                        ports.messages(),
                        ports.meters()),
                settings.gossip(),
                discovery::handle);
        IdentityCare care = new IdentityCare(ports.scheduler(), identities, comm, discovery, gossip);
        context = new PeerContext(
                ports, settings, discovery, gossip, blocks, care, new TlsTrust(ports.tlsTrust()), rejections);
    }

    /** Accepts links, looks for the other peers. */
    public void start() {
        gossip.incarnation(
                discovery.selfAlive().message().getAliveMsg().getTimestamp().getIncNum());
        gossip.start();
        comm.onMessage(this::receive);
        comm.start();
        discovery.addListener(new MembershipListener() {
            @Override
            public void joined(NetworkMember member) {
                gossip.memberAppeared();
            }

            @Override
            public void left(NetworkMember member) {
                channels().forEach(channel -> channel.lost(member.pkiId()));
            }
        });
        discovery.start();
        context.identityCare().start();
    }

    private void receive(ReceivedMessage received) {
        List.copyOf(taps).forEach(tap -> tap.accept(received));
        gossip.receive(received);
    }

    /** Ends everything; the ledgers stay open for whoever opened them. */
    public void stop() {
        channels.values().forEach(JoinedChannel::stop);
        context.identityCare().stop();
        discovery.stop();
        gossip.stop();
        comm.stop();
    }

    /**
     * Begins to replicate a channel.
     *
     * @param opened the configuration that {@link ChannelTrust#open} has put in force
     * @param ledger holds at least the genesis block
     * @throws IllegalStateException if the channel is joined already
     */
    public JoinedChannel join(ChannelSettings opened, Ledger ledger) {
        if (channel(opened.channel()).isPresent()) {
            throw new IllegalStateException("channel " + opened.channel() + " is joined already");
        }
        JoinedChannel channel = new JoinedChannel(context, opened, ledger);
        channels.put(opened.channel(), channel);
        channel.start();
        return channel;
    }

    /** Leaves a channel; nothing happens if it is not joined. */
    public void leave(ChannelId id) {
        JoinedChannel channel = channels.get(id);
        if (channel != null && !channel.hasLeft()) {
            channel.leave();
            discovery.removeAnchors(id);
            context.tlsTrust().remove(id);
        }
    }

    public Optional<JoinedChannel> channel(ChannelId id) {
        return Optional.ofNullable(channels.get(id)).filter(channel -> !channel.hasLeft());
    }

    /** The joined channels, by name. */
    public List<JoinedChannel> channels() {
        return channels.values().stream().filter(channel -> !channel.hasLeft()).toList();
    }

    /** Shows every message of an authenticated peer to somebody else too, before it is handled. */
    public void tap(Consumer<ReceivedMessage> observer) {
        taps.add(observer);
    }

    /** Shows every refusal to somebody: who is blamed, as the room that refuses names it, and why. */
    public void onRefusal(BiConsumer<Object, Rejection> observer) {
        context.rejections().observe(observer);
    }

    /** Ends what {@link #tap} began. */
    public void untap(Consumer<ReceivedMessage> observer) {
        taps.remove(observer);
    }

    /** Judges every held identity again, as after a change of trust. */
    public void revalidateIdentities() {
        context.identityCare().revalidate();
    }

    public IdentityStore identities() {
        return identities;
    }

    public GossipComm comm() {
        return comm;
    }

    public Discovery discovery() {
        return discovery;
    }

    public GossipNode gossip() {
        return gossip;
    }
}
