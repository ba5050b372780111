package dev.grapevine.state;

import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;

/**
 * One channel's state (Fabric's GossipStateProvider): takes blocks in from gossip, from an orderer and from other peers, commits
 * them in order, gets what is missing and serves what others miss. On the loop only.
 */
public final class StateProvider {
    /** Blocks ahead of the chain that state transfer may fetch. */
    private static final int REACH = 4096;

    private static final long BUFFER_BYTES = 128L << 20;
    private static final long TRANSFER_BYTES = BUFFER_BYTES / 2;

    private final StateContext context;
    private final Ledger ledger;
    private final PayloadBuffer buffer;
    private final ChannelHalt halt;
    private final CommitPipeline pipeline;
    private final PrematureBlocks premature;
    private final BlockAdmission admission;
    private final StateResponses responses;
    private final StateServer server;
    private final CatchUp catchUp;
    private final OrdererLane lane;
    private final GapRepair repair;
    private final CatchUpReport report;
    private final AntiEntropy antiEntropy;
    private final StragglerWarning straggler;
    private final boolean periodic;
    private Consumer<Rejection> onLost = why -> {};

    /**
     * @param ledger holds at least the block the channel was joined with
     * @param dependsOnOthers whether another peer may be the one that pulls from the orderers (leader election is on, or this
     *     peer is no static leader); for the warning to stragglers only
     * @throws IllegalArgumentException if the ledger is empty
     */
    public StateProvider(
            StateContext context,
            StateConfig config,
            Ledger ledger,
            ConfigurationGate gate,
            ChannelPeers peers,
            boolean dependsOnOthers) {
        if (ledger.height() == 0) {
            throw new IllegalArgumentException("the ledger of " + context.channel()
                    + " is empty; store the block the channel was joined with before starting state transfer");
        }
        this.context = context;
        this.ledger = ledger;
        Rejection evicted = new Rejection("evicted", "a buffered block made room for a nearer one");
        this.buffer = new PayloadBuffer(ledger.height(), REACH, BUFFER_BYTES, () -> lost(evicted));
        BlockVerifier verifier = new BlockVerifier(context, ledger::height, gate::inForce);
        Sources sources = new Sources(peers, context.scheduler());
        RangeTable table = new RangeTable();
        BlockSize size = new BlockSize();
        PushDelay delay = new PushDelay();
        this.lane = new OrdererLane();
        this.halt = new ChannelHalt(context.channel());
        this.pipeline = new CommitPipeline(context, ledger, buffer, gate, verifier, halt);
        this.premature = new PrematureBlocks(verifier, buffer);
        this.admission = new BlockAdmission(context, config, buffer, pipeline, lane, halt);
        this.catchUp =
                new CatchUp(context, config, peers, buffer, premature, sources, table, lane, size, TRANSFER_BYTES);
        this.repair = new GapRepair(context.scheduler(), config, buffer, sources, catchUp, lane, delay, halt);
        this.report = new CatchUpReport(context, ledger::height, repair::knownEnd);
        this.responses = new StateResponses(
                context, table, buffer, verifier, premature, admission, size, delay, repair::answered);
        this.server = new StateServer(context, config, ledger);
        this.antiEntropy = new AntiEntropy(context.scheduler(), config.checkInterval(), repair);
        this.straggler = new StragglerWarning(context.channel(), config.enabled(), dependsOnOthers);
        this.periodic = config.enabled();
        admission.onGap(repair::gap);
        pipeline.onLost(this::lost);
        pipeline.onCommit(this::committed);
        pipeline.onProgress(this::progress);
    }

    private void committed(VerifiedBlock block) {
        report.committed(block);
        if (block.isConfig()) {
            premature.release(block.number() + 1);
        }
    }

    private void progress() {
        admission.roomMade();
        repair.advanced();
    }

    private void lost(Rejection why) {
        repair.look();
        onLost.accept(why);
    }

    /** Begins to look for what is missing. */
    public void start() {
        repair.look();
        if (periodic) {
            antiEntropy.start();
        }
    }

    /** Takes nothing more, asks for nothing more; appends under way go on, what others ask is still answered. */
    public void stop() {
        halt.quietly();
        antiEntropy.stop();
        repair.stop();
    }

    /** Number of durable blocks: what to announce as ledger height. */
    public long height() {
        return ledger.height();
    }

    /**
     * A block that came by push or pull.
     *
     * @return whether it was taken; false if it is old, held already, or too far ahead of the chain
     */
    public boolean addGossiped(VerifiedBlock block) {
        straggler.received(block.number(), ledger.height());
        repair.pushed(block.number());
        return admission.gossiped(block);
    }

    /** The first block that {@link #addGossiped} would turn away now because it is too far ahead of the chain. */
    public long gossipLimit() {
        return admission.gossipLimit();
    }

    /**
     * A block of the orderer's stream.
     *
     * @param whenRoom run once, on the loop, when the next one may come: possibly before this returns. Never run after a halt
     */
    public void addDelivered(VerifiedBlock block, Runnable whenRoom) {
        lane.brought(block.number(), context.scheduler().nanoTime());
        admission.delivered(block, whenRoom);
    }

    /**
     * A stream of the ordering service is to be opened: the number of the first block that is neither here nor on its way. From
     * then on the stream is a source among others, which are asked for what it will not bring soon.
     */
    public long beginStream() {
        return catchUp.beginStream();
    }

    /** Nothing more comes of the stream that was begun. */
    public void endStream() {
        lane.end();
        repair.look();
    }

    /** Whether the stream had better begin anew, because block {@code number}, its next, is here or comes from a peer. */
    public boolean isElsewhere(long number) {
        return catchUp.isElsewhere(number);
    }

    /** Sets who is told when the chain waits for a block that no peer gives and the stream is past: it should begin anew. */
    public void onStranded(Runnable listener) {
        repair.onStranded(listener);
    }

    /** A peer announced this height, or has appeared with it. Cheap: call it for every StateInfo that is news. */
    public void heightAnnounced(long height) {
        repair.announced(height);
        report.announced(height);
    }

    /**
     * A state request or state response; anything else is refused.
     *
     * @param sender has proven that it may read the channel (specification 10.1)
     * @param respond answers on the link the message came on
     */
    public void handle(PkiId sender, SignedGossipMessage message, Consumer<SignedGossipMessage> respond) {
        GossipMessage content = message.message();
        if (!content.getChannel().equals(context.channel().bytes())) {
            reject(sender, "wrong-channel", "a state message of another channel");
            return;
        }
        switch (content.getContentCase()) {
            case STATE_REQUEST -> server.handle(sender, content.getNonce(), content.getStateRequest(), respond);
            case STATE_RESPONSE -> handleResponse(sender, content);
            default -> reject(sender, "not-a-state-message", content.getContentCase() + " is not for state transfer");
        }
    }

    private void handleResponse(PkiId sender, GossipMessage content) {
        List<Payload> payloads = content.getStateResponse().getPayloadsList();
        if (!responses.handle(sender, content.getNonce(), payloads)) {
            reject(sender, "unsolicited-state-response", "no request of this nonce is open with this peer");
        }
    }

    private void reject(PkiId sender, String reason, String detail) {
        context.rejections().report(sender, new Rejection(reason, detail));
    }

    /** Adds a listener for every block that has become durable, in order. */
    public void onCommit(Consumer<VerifiedBlock> listener) {
        pipeline.onCommit(listener);
    }

    /**
     * Sets who is told when a block that had been taken had to be given up after all. Peers are asked for it; a deliver client
     * should open its stream again at {@link #height}, since perhaps no peer has it.
     */
    public void onLost(Consumer<Rejection> listener) {
        this.onLost = listener;
    }

    /** Adds a listener for the end of this channel's commits, with the reason for an operator. */
    public void onHalt(Consumer<String> listener) {
        halt.onHalt(listener);
    }

    /** How far we are, while we are far behind the others. */
    public Optional<CatchUpProgress> catchUp() {
        return report.progress();
    }

    /** Why the channel commits nothing more; empty while it does. */
    public Optional<String> haltReason() {
        return halt.reason();
    }
}
