package dev.grapevine.node.peer;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.ChannelPeer;
import dev.grapevine.channel.GossipChannel;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.election.Election;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Verdict;
import dev.grapevine.state.CatchUpProgress;
import dev.grapevine.state.Ledger;
import dev.grapevine.state.StateContext;
import dev.grapevine.state.StateProvider;
import dev.grapevine.state.deliver.BlockSink;
import dev.grapevine.state.deliver.DeliverClient;
import dev.grapevine.state.deliver.DeliverContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.Chaincode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One joined channel: gossip, state transfer, leadership and the ordering service, wired together. On the loop only.
 */
public final class JoinedChannel {
    private static final Logger log = LoggerFactory.getLogger(JoinedChannel.class);

    private final ChannelId id;
    private final Ledger ledger;
    private final GossipChannel gossip;
    private final ConfigurationApplier configuration;
    private final StateProvider state;
    private final DeliverClient deliver;
    private final Election election;
    private final HandedBlocks handed;
    private final List<Consumer<Boolean>> leadershipListeners = new ArrayList<>();
    private final List<Consumer<VerifiedBlock>> arrivalListeners = new ArrayList<>();
    private boolean left;

    JoinedChannel(PeerContext peer, ChannelSettings opened, Ledger ledger) {
        this.id = opened.channel();
        this.ledger = ledger;
        long incarnation =
                peer.ports().incarnations().next(peer.ports().scheduler().wallNanos());
        peer.gossip().incarnation(incarnation);
        this.gossip = peer.gossip().join(id, opened.joinMessage());
        this.configuration = new ConfigurationApplier(peer, opened);
        PeerPorts ports = peer.ports();
        ChannelNeighbours neighbours =
                new ChannelNeighbours(gossip, ports.self().mspId(), ports.self(), peer.discovery()::isProbed);
        this.state = new StateProvider(
                new StateContext(id, ports.scheduler(), peer.blocks(), ports.meters(), peer.rejections()),
                peer.settings().state(),
                ledger,
                configuration,
                neighbours,
                !peer.settings().election().orgLeader());
        this.deliver = new DeliverClient(
                id,
                peer.settings().deliver(),
                deliverContext(peer),
                () -> configuration.settings().orderers(),
                new OrderedBlocks(peer.settings().deliver().blockGossipEnabled()),
                this::yieldLeadership);
        this.election = Election.of(
                peer.settings().election(),
                id,
                ports.self().pkiId(),
                incarnation,
                neighbours.electors(),
                this::leadershipChanged,
                ports.scheduler(),
                ports.meters());
        this.handed = new HandedBlocks(id, peer.blocks(), ports.workers(), this::add);
        connect(peer);
    }

    private static DeliverContext deliverContext(PeerContext peer) {
        PeerPorts ports = peer.ports();
        return new DeliverContext(
                ports.scheduler(),
                ports.workers(),
                peer.blocks(),
                ports.self(),
                ports.deliverTlsHash(),
                ports.orderers(),
                ports.meters(),
                peer.rejections());
    }

    private void connect(PeerContext peer) {
        gossip.onBlock(this::arrived);
        gossip.keepsBelow(state::gossipLimit);
        gossip.onStateMessage(this::onStateMessage);
        gossip.onStateInfo(neighbour -> state.heightAnnounced(neighbour.ledgerHeight()));
        gossip.onLeadership(message -> election.receive(message.message().getLeadershipMsg()));
        state.onCommit(block -> gossip.updateLedgerHeight(ledger.height()));
        state.onLost(why -> fetchAgain());
        state.onStranded(this::fetchAgain);
        configuration.onApplied(settings -> {
            gossip.configure(settings.joinMessage());
            peer.discovery().connectToAnchors(id, settings.anchors());
            gossip.configurationApplied();
            deliver.configurationApplied();
        });
    }

    private void arrived(VerifiedBlock block) {
        arrivalListeners.forEach(listener -> listener.accept(block));
        state.addGossiped(block);
    }

    private void onStateMessage(ReceivedMessage received) {
        state.handle(received.sender().pkiId(), received.message(), received::respond);
    }

    void start() {
        gossip.updateLedgerHeight(ledger.height());
        configuration.takeEffect(configuration.settings());
        state.start();
        election.start();
        log.info("joined {} at height {}", id, ledger.height());
    }

    void stop() {
        election.stop();
        deliver.stop();
        state.stop();
    }

    void leave() {
        left = true;
        stop();
        gossip.leave();
        log.info("left {}; its ledger stays at height {}", id, ledger.height());
    }

    /** A peer is no longer alive. */
    void lost(PkiId peer) {
        election.lost(peer);
    }

    private void leadershipChanged(boolean leads) {
        if (left) {
            return;
        }
        if (leads) {
            deliver.start();
        } else {
            deliver.stop();
        }
        leadershipListeners.forEach(listener -> listener.accept(leads));
    }

    /** A block that was taken had to be given up, and perhaps no peer has it: the stream begins anew at our height. */
    private void fetchAgain() {
        if (deliver.isRunning()) {
            deliver.stop();
            deliver.start();
        }
    }

    private void yieldLeadership() {
        election.yieldLeadership();
    }

    /** Blocks of the ordering service go to the ledger, and to the other peers. */
    private final class OrderedBlocks implements BlockSink {
        private final boolean gossiped;

        OrderedBlocks(boolean gossiped) {
            this.gossiped = gossiped;
        }

        @Override
        public long next() {
            return state.beginStream();
        }

        @Override
        public boolean skips(long number) {
            return state.isElsewhere(number);
        }

        @Override
        public void ended() {
            state.endStream();
        }

        @Override
        public void add(VerifiedBlock block, Runnable whenRoom) {
            state.addDelivered(block, whenRoom);
            if (gossiped) {
                gossip.gossip(block);
            }
        }
    }

    public ChannelId id() {
        return id;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The configuration in force. */
    public ChannelSettings settings() {
        return configuration.settings();
    }

    /** The other living peers of the channel. */
    public List<ChannelPeer> peers() {
        return gossip.peers();
    }

    /** Whether this peer leads its organisation here. */
    public boolean isLeader() {
        return election.isLeader();
    }

    /** Who leads our organisation here, as far as we know. */
    public Optional<PkiId> leader() {
        return election.leader();
    }

    /** Why it commits nothing more, such as a fork or a failing disk; empty while it does. */
    public Optional<String> haltReason() {
        return state.haltReason();
    }

    /** How far it is, while it is far behind the others. */
    public Optional<CatchUpProgress> catchUp() {
        return state.catchUp();
    }

    /** Whether it was left. */
    public boolean hasLeft() {
        return left;
    }

    /** Says which committed chaincodes are installed here. */
    public void updateChaincodes(List<Chaincode> chaincodes) {
        gossip.updateChaincodes(chaincodes);
    }

    /**
     * Verifies a block from elsewhere, has it stored when its turn comes, and spreads it.
     *
     * @param block a serialised common.Block
     * @param done told its number, or why it was not taken
     */
    public void add(long number, ByteString block, Consumer<Verdict<Long>> done) {
        handed.take(number, block, done);
    }

    /** Takes a verified block from elsewhere; stores it and spreads it. */
    public void add(VerifiedBlock block) {
        if (!left) {
            state.addGossiped(block);
            gossip.gossip(block);
        }
    }

    /** Adds a listener for every block that gossip has brought and verified, in the order in which they come. */
    public void onArrival(Consumer<VerifiedBlock> listener) {
        arrivalListeners.add(listener);
    }

    /** Adds a listener for every block that has become durable here, in order. */
    public void onCommit(Consumer<VerifiedBlock> listener) {
        state.onCommit(listener);
    }

    /** Adds a listener for leadership: true when this peer begins to lead, false when it ends. */
    public void onLeadership(Consumer<Boolean> listener) {
        leadershipListeners.add(listener);
    }

    /** Adds a listener for every configuration that takes effect. */
    public void onConfiguration(Consumer<ChannelSettings> listener) {
        configuration.onApplied(listener);
    }
}
