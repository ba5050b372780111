package dev.grapevine.state;

import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.Optional;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.GossipMessage;

/**
 * One channel's state (Fabric's GossipStateProvider): takes blocks in from gossip, from an orderer and from other peers, commits
 * them in order, gets what is missing and serves what others miss. On the loop only.
 */
public final class StateProvider {
    /** Blocks ahead of the chain that state transfer may fetch, as a multiple of {@code blockBufferSize}. */
    private static final int REACH = 8;

    private static final long BUFFER_BYTES = 128L << 20;
    private static final long TRANSFER_BYTES = BUFFER_BYTES / 2;

    private final StateContext context;
    private final Ledger ledger;
    private final PayloadBuffer buffer;
    private final ChannelHalt halt;
    private final CommitPipeline pipeline;
    private final PrematureBlocks premature;
    private final BlockAdmission admission;
    private final StateRequests requests;
    private final StateResponses responses;
    private final StateServer server;
    private final GapRepair repair;
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
        int capacity = REACH * config.blockBufferSize();
        Rejection evicted = new Rejection("evicted", "a buffered block made room for a nearer one");
        this.buffer = new PayloadBuffer(ledger.height(), capacity, BUFFER_BYTES, () -> lost(evicted));
        BlockVerifier verifier = new BlockVerifier(context, ledger::height, gate::inForce);
        PeerReliability reliability = new PeerReliability(context.scheduler());
        RequestSize size = new RequestSize(config.batchSize() + 1, capacity, TRANSFER_BYTES);
        this.halt = new ChannelHalt(context.channel());
        this.pipeline = new CommitPipeline(context, ledger, buffer, gate, verifier, halt);
        this.premature = new PrematureBlocks(verifier, buffer);
        this.admission = new BlockAdmission(context, config, buffer, pipeline, halt);
        this.requests = new StateRequests(context, config, peers, buffer, premature, reliability, size);
        this.repair = new GapRepair(context.scheduler(), config, buffer, requests, halt);
        this.responses = new StateResponses(
                context, requests, verifier, premature, admission, reliability, size, repair::progress);
        this.server = new StateServer(context, config, ledger);
        this.antiEntropy = new AntiEntropy(context.scheduler(), config.checkInterval(), repair);
        this.straggler = new StragglerWarning(context.channel(), config.enabled(), dependsOnOthers);
        this.periodic = config.enabled();
        admission.onGap(repair::look);
        pipeline.onLost(this::lost);
        pipeline.onCommit(this::committed);
        pipeline.onProgress(this::progress);
    }

    private void committed(VerifiedBlock block) {
        if (block.isConfig()) {
            premature.release(block.number() + 1);
        }
    }

    private void progress() {
        admission.roomMade();
        repair.progress();
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
        return admission.gossiped(block);
    }

    /**
     * A block of the orderer's stream.
     *
     * @param whenRoom run once, on the loop, when the next one may come: possibly before this returns. Never run after a halt
     */
    public void addDelivered(VerifiedBlock block, Runnable whenRoom) {
        admission.delivered(block, whenRoom);
    }

    /** Number of the first block that is neither stored nor on its way to the ledger: where an orderer's stream begins. */
    public long next() {
        return buffer.next();
    }

    /** A peer announced this height, or has appeared with it. Cheap: call it for every StateInfo that is news. */
    public void heightAnnounced(long height) {
        repair.announced(height);
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
        if (requests.awaits(sender, content.getNonce())) {
            responses.handle(
                    sender, content.getNonce(), content.getStateResponse().getPayloadsList());
        } else {
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

    /** Why the channel commits nothing more; empty while it does. */
    public Optional<String> haltReason() {
        return halt.reason();
    }
}
