package dev.grapevine.channel;

import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.channel.pull.PullEngine;
import dev.grapevine.channel.pull.PullFrames;
import dev.grapevine.channel.push.Outgoing;
import dev.grapevine.channel.spread.BlockSpread;
import dev.grapevine.channel.store.BlockStore;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Supersession;
import dev.grapevine.proto.time.PeriodicTasks;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hyperledger.fabric.protos.gossip.Chaincode;

/**
 * Gossip in one joined channel: blocks pushed and pulled, state info published and exchanged, who is in it, leadership
 * messages, and the gate to the handlers of state transfer. On the loop only.
 *
 * <p>Who listens registers before the first message arrives. After {@link #leave()} only the exchange of state info goes on,
 * for the others to hear of it, until the channel is joined again.
 */
public final class GossipChannel {
    private final GossipPorts ports;
    private final ChannelId id;
    private final Consumer<Outgoing> push;
    private final ChannelOrganisations organisations;
    private final ChannelView view;
    private final ChannelStateInfo stateInfo;
    private final StateInfoPublisher own;
    private final BlockStore blocks;
    private final BlockIntake blockIntake;
    private final PullEngine blockPull;
    private final LeadershipInbox leadership;
    private final ChannelGate gate;
    private final ChannelAudience audience;
    private final BlockSpread spread;
    private final ChannelInbox inbox;
    private final PeriodicTasks periodic;

    /**
     * @param incarnation of our state info
     * @param push takes what is to be pushed to others
     */
    GossipChannel(
            GossipPorts ports,
            GossipConfig config,
            ChannelId id,
            JoinMessage join,
            long incarnation,
            Verifications verifications,
            Consumer<Outgoing> push) {
        GossipLimits limits = config.limits();
        Supersession supersession = new Supersession(config.maxBlockCountToStore());
        this.ports = ports;
        this.id = id;
        this.push = push;
        periodic = new PeriodicTasks(ports.scheduler());
        organisations = new ChannelOrganisations(join);
        StateInfoCache cache = new StateInfoCache(supersession, limits.stateInfoBytes());
        view = new ChannelView(ports, organisations, cache, config.spread().enabled());
        stateInfo = new ChannelStateInfo(ports, config, id, view, cache, incarnation, verifications, push);
        own = stateInfo.own();
        boolean spreading = view.isSpreading();
        blocks = new BlockStore(
                new Supersession(config.blocksBehind(spreading)),
                config.blocksHeld(spreading),
                limits.blockBytes(),
                ports.scheduler(),
                config.blockLife());
        audience = new ChannelAudience(ports, id, view, own, stateInfo, blocks, config.spread());
        spread = new BlockSpread(
                ports.scheduler(), config.spread(), config.push().peers(), audience, ports::drop);
        blockIntake = new BlockIntake(
                ports, id, view, blocks, new PrematureBlocks(limits.prematureBytes()), verifications, spread, push);
        blockPull = new PullEngine(
                ports.scheduler(),
                ports.comm(),
                config.pull(),
                PullFrames.ofBlocks(id),
                new BlockPull(view, own, blocks, config.maxBlockCountToStore() + 1, blockIntake),
                ports.rejections(),
                ports::drop);
        leadership = new LeadershipInbox(ports, config, supersession, verifications);
        gate = new ChannelGate(ports, id, verifications, limits.peers());
        inbox = new ChannelInbox(
                ports,
                new ChannelInbox.Rooms(
                        organisations, view, own, stateInfo, blockIntake, blockPull, leadership, gate, spread));
        start(config);
    }

    private void start(GossipConfig config) {
        MembershipTracker tracker = new MembershipTracker(id, ports.meters());
        stateInfo.start();
        periodic.every(
                config.membershipTrackerInterval(), () -> tracker.look(own.hasLeft() ? List.of() : view.takingPart()));
        blockPull.start();
        stateInfo.look();
    }

    /** Somebody is alive who was not: whatever is missing of the members' state info is asked for soon. */
    void memberAppeared() {
        stateInfo.look();
    }

    public ChannelId id() {
        return id;
    }

    /** Told of every verified block that comes from other peers, once, in any order. */
    public void onBlock(Consumer<VerifiedBlock> receiver) {
        blockIntake.deliverTo(receiver);
    }

    /** Sets who knows the first block that is too far ahead of our chain to be kept; what is pushed from there on is refused. */
    public void keepsBelow(LongSupplier limit) {
        audience.keepsBelow(limit);
    }

    /** Told of every new leadership message of our own organisation's other peers, signature checked. */
    public void onLeadership(Consumer<SignedGossipMessage> receiver) {
        leadership.deliverTo(receiver);
    }

    /** Told of state requests, state responses and extensions about state whose senders may read the channel. */
    public void onStateMessage(Consumer<ReceivedMessage> handler) {
        inbox.deliverStateTo(handler);
    }

    /** Told of a living peer of the channel whenever newer state info of it has come in or it is far ahead: its height may be news. */
    public void onStateInfo(Consumer<ChannelPeer> listener) {
        stateInfo.tell(listener);
    }

    /** Spreads a block that an ordering service gave us; it is not delivered back. */
    public void gossip(VerifiedBlock block) {
        blockIntake.gossip(block);
    }

    /** Sends a leadership message of ours to every eligible peer of our organisation. */
    public void gossipLeadership(SignedGossipMessage message) {
        push.accept(new Outgoing(message, null));
    }

    /** Sends to one member, wherever discovery knows it to be; dropped if it does not. */
    public void send(SignedGossipMessage message, PkiId peer) {
        ports.membership()
                .lookup(peer)
                .ifPresentOrElse(
                        member -> ports.comm().send(message, member.remotePeer()),
                        () -> ports.drop("receiver-unknown"));
    }

    /** Living eligible peers that have not left, of all organisations, by PKI-ID; none once we have left ourselves. */
    public List<ChannelPeer> peers() {
        return own.hasLeft() ? List.of() : view.peers();
    }

    /** Those of {@link #peers()} that say to have more than so many blocks; costs little while all are level. */
    public List<ChannelPeer> peersAbove(long height) {
        return own.hasLeft() ? List.of() : view.peersAbove(height);
    }

    /** Those of {@link #peers()} that are of our own organisation, as discovery describes them. */
    public List<NetworkMember> ownOrganisation() {
        return own.hasLeft() ? List.of() : view.ownOrganisation().all();
    }

    /** One of {@link #peers()}. */
    public Optional<ChannelPeer> peer(PkiId pkiId) {
        return own.hasLeft() || pkiId.equals(ports.self().pkiId()) ? Optional.empty() : view.peer(pkiId);
    }

    /**
     * Our own state info as it is now, also before it is published; for those who ask about us directly (Fabric's
     * SelfChannelInfo). It is the same message until something changes.
     */
    public SignedGossipMessage ownStateInfo() {
        return own.current();
    }

    /** The state-info message held of a peer, or our own; empty before the first. */
    public Optional<SignedGossipMessage> stateInfoOf(PkiId peer) {
        return stateInfo.of(peer);
    }

    /** The application organisations of the channel. */
    public List<MspId> organisations() {
        return organisations.all();
    }

    /** Anchor peers of all organisations, as {@code host:port}. */
    public List<String> anchors() {
        return organisations.anchors();
    }

    /** Says how many blocks we have; goes out with the next publication. */
    public void updateLedgerHeight(long height) {
        own.height(height);
        spread.committed(height);
    }

    /** Says which committed chaincodes are installed here; goes out at once. */
    public void updateChaincodes(List<Chaincode> chaincodes) {
        own.chaincodes(chaincodes);
    }

    /** Takes a newer list of organisations and judges all state info again; an outdated or empty one is ignored. */
    public void configure(JoinMessage join) {
        if (organisations.accept(join)) {
            view.configurationApplied();
            stateInfo.judgeAgain();
        } else {
            ports.drop("outdated-join-message");
        }
    }

    /**
     * To be told after MSPs and policies of a configuration block are in force: what depended on it is tried again, and who
     * may do what is judged anew.
     */
    public void configurationApplied() {
        gate.configurationApplied();
        view.configurationApplied();
        stateInfo.judgeAgain();
        blockIntake.configurationApplied();
    }

    /** Tells the others at the next publication, and takes no more part in anything but the exchange of state info. */
    public void leave() {
        own.leave();
        blockPull.stop();
        spread.stop();
    }

    public boolean hasLeft() {
        return own.hasLeft();
    }

    void stop() {
        periodic.stop();
        stateInfo.stop();
        blockPull.stop();
        spread.stop();
        blocks.stop();
        leadership.stop();
    }

    ChannelView view() {
        return view;
    }

    /** Where what names this channel goes. */
    ChannelInbox inbox() {
        return inbox;
    }
}
