package dev.grapevine.state;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes blocks from the buffer to the ledger, strictly in order (Fabric's deliverPayloads and the block store's rules).
 *
 * <p>Several appends are under way at once, so that the ledger can cover them with one sync. A configuration block goes alone:
 * when all before it is durable it is applied, then appended, and when it is durable the next one goes on. A block that was
 * verified under an older configuration than the one in force is verified again first.
 */
final class CommitPipeline {
    private static final int MAX_IN_FLIGHT = 1024;
    private static final long MAX_BYTES_IN_FLIGHT = 32L << 20;

    private final StateContext context;
    private final Ledger ledger;
    private final PayloadBuffer buffer;
    private final ConfigurationGate gate;
    private final BlockVerifier verifier;
    private final ChannelHalt halt;
    private final Meters.Gauge heightGauge;
    private final Meters.Histogram duration;
    private final List<Consumer<VerifiedBlock>> listeners = new ArrayList<>();
    private Consumer<Rejection> onLost = why -> {};
    private Runnable onProgress = () -> {};
    private ByteString tip;
    private int inFlight;
    private long bytesInFlight;
    private boolean waiting;

    CommitPipeline(
            StateContext context,
            Ledger ledger,
            PayloadBuffer buffer,
            ConfigurationGate gate,
            BlockVerifier verifier,
            ChannelHalt halt) {
        this.context = context;
        this.ledger = ledger;
        this.buffer = buffer;
        this.gate = gate;
        this.verifier = verifier;
        this.halt = halt;
        this.tip = ledger.lastHash();
        String channel = context.channel().name();
        this.heightGauge = context.meters().gauge("gossip_state_height", "channel", channel);
        this.duration = context.meters().histogram("gossip_state_commit_duration", "channel", channel);
        heightGauge.set((double) ledger.height());
    }

    /** Adds a listener for every block that has become durable, in order. */
    void onCommit(Consumer<VerifiedBlock> listener) {
        listeners.add(listener);
    }

    /** Sets who is told when a block that was in the buffer had to be given up. */
    void onLost(Consumer<Rejection> listener) {
        this.onLost = listener;
    }

    /** Sets who is told after blocks have left the buffer or become durable. */
    void onProgress(Runnable listener) {
        this.onProgress = listener;
    }

    /** Moves on as far as possible. Call it after anything was added to the buffer. */
    void advance() {
        while (canTake()) {
            VerifiedBlock block = buffer.peek();
            if (block == null) {
                return;
            }
            if (Long.compareUnsigned(block.verifiedUnder(), gate.inForce()) < 0) {
                verifyAgain(block);
            } else if (!block.previousHash().equals(tip)) {
                halt.because(
                        "block " + block + " is signed by the orderers but does not continue our chain: its previous "
                                + "hash is not that of our last block. The ordering service has forked, or this ledger is wrong");
            } else if (!block.isConfig()) {
                append(block);
            } else if (inFlight == 0) {
                apply(block);
            } else {
                return;
            }
        }
    }

    private boolean canTake() {
        return !waiting && !halt.isHalted() && inFlight < MAX_IN_FLIGHT && bytesInFlight < MAX_BYTES_IN_FLIGHT;
    }

    private void verifyAgain(VerifiedBlock block) {
        waiting = true;
        verifier.verify(block.number(), block.bytes(), verdict -> {
            waiting = false;
            if (verdict instanceof BlockVerdict.Verified again) {
                buffer.replaceNext(again.block());
                advance();
            } else {
                buffer.dropNext();
                lost(block, verdict);
            }
        });
    }

    private void lost(VerifiedBlock block, BlockVerdict verdict) {
        Rejection why = verdict instanceof BlockVerdict.Refused refused
                ? refused.why()
                : new Rejection("premature-block", block + " depends on a configuration we do not have");
        context.rejections().report(context.channel(), why);
        onLost.accept(why);
    }

    private void apply(VerifiedBlock config) {
        waiting = true;
        gate.apply(config, rejection -> applied(config, rejection));
    }

    private void applied(VerifiedBlock config, Optional<Rejection> rejection) {
        if (rejection.isPresent()) {
            halt.because("configuration block " + config + " is signed by the orderers but unacceptable: "
                    + rejection.get());
            return;
        }
        append(config);
    }

    private void append(VerifiedBlock block) {
        buffer.pop();
        tip = block.headerHash();
        inFlight++;
        bytesInFlight += block.bytes().size();
        long since = context.scheduler().nanoTime();
        ledger.append(block, failure -> appended(block, since, failure));
    }

    private void appended(VerifiedBlock block, long since, @Nullable Throwable failure) {
        inFlight--;
        bytesInFlight -= block.bytes().size();
        if (failure != null) {
            halt.because("block " + block + " could not be stored: " + failure);
            return;
        }
        if (block.isConfig()) {
            waiting = false;
        }
        duration.observe((context.scheduler().nanoTime() - since) / 1e9);
        heightGauge.set((double) ledger.height());
        listeners.forEach(listener -> listener.accept(block));
        advance();
        onProgress.run();
    }
}
