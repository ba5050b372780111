package dev.grapevine.state.deliver;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.state.OrdererEndpoint;
import dev.grapevine.state.OrdererStream;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.jspecify.annotations.Nullable;

/** One stream from one ordering node, from the signing of the request to its end. Fails at most once, and then is closed. */
final class DeliverSession implements OrdererStream.Listener, Pipeline.Owner {
    /**
     * How long a block may wait for a configuration block before it to be applied. That block was handed over already, so this
     * is a matter of one commit; a stream that waits longer is likely not what it seems.
     */
    static final Duration LONGEST_HOLD = Duration.ofSeconds(60);

    private final ChannelId channel;
    private final DeliverContext context;
    private final OrdererEndpoint endpoint;
    private final Pipeline pipeline;
    private final Consumer<VerifiedBlock> onPassed;
    private final Consumer<Failure> onFailure;
    private final Runnable onSkip;
    private final BlockSink sink;
    private @Nullable OrdererStream stream;
    private Scheduler.@Nullable Timer holding;
    private @Nullable Failure end;
    private boolean requested = true;
    private boolean skipping;
    private boolean closed;

    /**
     * @param first number of the first block wanted
     * @param previousHash header hash of the block before it; empty if it is not known
     * @param onPassed told of each block that went to the sink
     * @param onFailure told when nothing more can come of this
     * @param onSkip told when the next blocks come to the sink another way: the stream should be opened anew
     */
    DeliverSession(
            ChannelId channel,
            DeliverContext context,
            OrdererEndpoint endpoint,
            BlockSink sink,
            long first,
            ByteString previousHash,
            Consumer<VerifiedBlock> onPassed,
            Consumer<Failure> onFailure,
            Runnable onSkip) {
        this.channel = channel;
        this.context = context;
        this.endpoint = endpoint;
        this.pipeline = new Pipeline(channel, context, sink, first, previousHash, this);
        this.onPassed = onPassed;
        this.onFailure = onFailure;
        this.onSkip = onSkip;
        this.sink = sink;
        sign(SeekRequest.blocks(channel, first));
    }

    OrdererEndpoint endpoint() {
        return endpoint;
    }

    private void sign(SeekRequest request) {
        byte[] nonce = new byte[SeekRequest.NONCE_BYTES];
        context.scheduler().random().nextBytes(nonce);
        Instant now = context.scheduler().wallTime();
        context.workers()
                .submit(
                        () -> request.sign(context.self(), now, ByteString.copyFrom(nonce), context.tlsCertHash()),
                        this::open);
    }

    private void open(@Nullable Envelope seek, @Nullable Throwable error) {
        if (closed) {
            return;
        }
        if (seek == null) {
            failed(Failure.trouble("cannot-sign", "the request for " + channel + " could not be signed: " + error));
        } else {
            stream = context.orderers().open(endpoint, seek, this);
        }
    }

    /** Ends the stream without a word. */
    void close() {
        closed = true;
        pipeline.close();
        watchHolding();
        if (stream != null) {
            stream.cancel();
        }
    }

    void configurationApplied() {
        pipeline.configurationApplied();
        watchHolding();
    }

    @Override
    public void onBlock(ByteString block) {
        if (closed) {
            return;
        }
        requested = false;
        pipeline.take(block);
        requestIfRoom();
    }

    @Override
    public void onStatus(Status status) {
        failed(Failure.status(status, channel));
    }

    @Override
    public void onClosed(String reason) {
        ends(Failure.trouble("stream-closed", reason));
    }

    /** What was received before the end still counts: a node that breaks off after each block would else get us nowhere. */
    private void ends(Failure failure) {
        end = end == null ? failure : end;
        failIfDrained();
    }

    private void failIfDrained() {
        if (skipping && !closed && pipeline.isDrained()) {
            close();
            onSkip.run();
        } else if (end != null && pipeline.isDrained()) {
            failed(end);
        }
    }

    @Override
    public void passed(VerifiedBlock block) {
        onPassed.accept(block);
    }

    @Override
    public void settled() {
        watchHolding();
        requestIfRoom();
        failIfDrained();
    }

    @Override
    public void failed(Failure failure) {
        if (!closed) {
            close();
            onFailure.accept(failure);
        }
    }

    private void requestIfRoom() {
        if (closed || end != null || requested || skipping || stream == null || !pipeline.hasRoom()) {
            return;
        }
        if (sink.skips(pipeline.next())) {
            skipping = true;
            failIfDrained();
        } else {
            requested = true;
            stream.request();
        }
    }

    private void watchHolding() {
        boolean holds = !closed && pipeline.isHolding();
        if (holds && holding == null) {
            holding = context.scheduler()
                    .schedule(
                            LONGEST_HOLD,
                            () -> failed(Failure.trouble(
                                    "configuration-not-applied",
                                    "a block's configuration was not applied in " + LONGEST_HOLD)));
        } else if (!holds && holding != null) {
            holding.cancel();
            holding = null;
        }
    }
}
