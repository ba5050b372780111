package dev.grapevine.channel;

import dev.grapevine.channel.spread.Audience;
import dev.grapevine.channel.spread.BlockName;
import dev.grapevine.channel.spread.SpreadConfig;
import dev.grapevine.channel.store.BlockStore;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.Extension;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One channel as the spreading of its blocks sees it. */
final class ChannelAudience implements Audience {
    private final GossipPorts ports;
    private final ChannelId channel;
    private final ChannelView view;
    private final StateInfoPublisher own;
    private final ChannelStateInfo heights;
    private final BlockStore blocks;
    private final SpreadConfig config;
    private LongSupplier limit = () -> -1;

    ChannelAudience(
            GossipPorts ports,
            ChannelId channel,
            ChannelView view,
            StateInfoPublisher own,
            ChannelStateInfo heights,
            BlockStore blocks,
            SpreadConfig config) {
        this.ports = ports;
        this.channel = channel;
        this.view = view;
        this.own = own;
        this.heights = heights;
        this.blocks = blocks;
        this.config = config;
    }

    /** Sets who knows the first block that is too far ahead of our chain to be kept; none is before. */
    void keepsBelow(LongSupplier newLimit) {
        this.limit = newLimit;
    }

    @Override
    public PkiId self() {
        return ports.self().pkiId();
    }

    @Override
    public List<NetworkMember> capable() {
        return view.ownOrganisation().capable();
    }

    @Override
    public List<NetworkMember> plain() {
        return view.ownOrganisation().plain();
    }

    @Override
    public boolean isAlive(PkiId peer) {
        return ports.membership().isAlive(peer);
    }

    @Override
    public boolean isLinked(PkiId peer) {
        return ports.comm().connection(peer).isPresent();
    }

    @Override
    public List<PkiId> neighbours() {
        return ports.membership().neighbours();
    }

    @Override
    public long heightOf(PkiId peer) {
        return view.heightOf(peer);
    }

    @Override
    public void heard(PkiId peer, long height) {
        // What is nearer is pushed or held by many; to ask for it, too, would be to get it twice when there is much to
        // send.
        if (isAhead(height, config.held())) {
            heights.heard(peer, height, isAhead(height, config.ahead()));
        }
    }

    private boolean isAhead(long height, int blocks) {
        return Long.compareUnsigned(height, own.height() + blocks) >= 0;
    }

    @Override
    public long height() {
        return own.height();
    }

    @Override
    public long limit() {
        return limit.getAsLong();
    }

    @Override
    public Optional<SignedGossipMessage> held(BlockName block) {
        boolean same = blocks.sighting(block.number(), block.headerHash()) == BlockStore.Sighting.SEEN;
        return same ? blocks.get(block.number()) : Optional.empty();
    }

    @Override
    public void send(SignedGossipMessage message, PkiId peer) {
        ports.membership().lookup(peer).ifPresent(member -> ports.comm().send(message, member.remotePeer()));
    }

    @Override
    public void send(Extension extension, PkiId peer) {
        send(Extensions.message(extension, channel), peer);
    }
}
