package dev.grapevine.state.deliver;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.state.OrdererEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls one channel's blocks from the ordering service while it is running (Fabric's blocks provider). On the loop only.
 *
 * <p>One stream at a time, from a random ordering node; after a failure another one, after a wait that grows. It never gives
 * up by itself: where Fabric's elected leader ends its client after an hour without success, this one says so and goes on
 * until whoever listens stops it, so that a peer nobody relieves still gets its blocks. It says so within seconds if it is
 * refused, as one is whose certificate was revoked: others may be served, and waiting will not help.
 */
public final class DeliverClient {
    /** How long every answer has to be a refusal; a channel's newest member may be refused for a moment. */
    private static final Duration REFUSED = Duration.ofSeconds(10);

    private final Logger log = LoggerFactory.getLogger(DeliverClient.class);
    private final ChannelId channel;
    private final DeliverConfig config;
    private final DeliverContext context;
    private final Supplier<List<OrdererEndpoint>> configured;
    private final BlockSink sink;
    private final Runnable onUnreachable;
    private final DeliverMetrics metrics;
    private final Backoff backoff;
    private final OrdererChoice choice = new OrdererChoice();

    private boolean running;
    private List<OrdererEndpoint> endpoints = List.of();
    private @Nullable DeliverSession session;
    private Scheduler.@Nullable Timer retry;
    /** Monotonic time of the first refusal since the last block; null if there was none. */
    private @Nullable Long refusedSince;

    /** Number after the block handed over last, and that block's hash; empty before the first. */
    private long follows;

    private ByteString lastHash = ByteString.EMPTY;

    /**
     * @param configured the ordering nodes that the channel configuration in force names
     * @param sink where the blocks go
     * @param onUnreachable told when the ordering service was out of reach for the total threshold or has refused us for
     *     ten seconds, and again each time that passes; the place to yield leadership
     */
    public DeliverClient(
            ChannelId channel,
            DeliverConfig config,
            DeliverContext context,
            Supplier<List<OrdererEndpoint>> configured,
            BlockSink sink,
            Runnable onUnreachable) {
        this.channel = channel;
        this.config = config;
        this.context = context;
        this.configured = configured;
        this.sink = sink;
        this.onUnreachable = onUnreachable;
        this.metrics = new DeliverMetrics(channel, context.meters());
        this.backoff = new Backoff(config);
    }

    /**
     * Begins to pull blocks.
     *
     * @throws IllegalStateException if it is running already
     */
    public void start() {
        if (running) {
            throw new IllegalStateException("blocks of " + channel + " are being pulled already");
        }
        running = true;
        refusedSince = null;
        backoff.reset();
        connect();
    }

    /** Stops pulling; it may be started again. Calling it again does nothing. */
    public void stop() {
        running = false;
        disconnect();
    }

    public boolean isRunning() {
        return running;
    }

    /** The ordering node whose stream is open or being opened; empty between attempts. */
    public Optional<OrdererEndpoint> source() {
        return Optional.ofNullable(session).map(DeliverSession::endpoint);
    }

    /**
     * To be called when a configuration block was applied. Blocks that waited for it are verified again; if it changed the
     * ordering nodes or their trust, the stream is dropped and one of the new ones asked, at once.
     */
    public void configurationApplied() {
        if (!running) {
            return;
        }
        if (!currentEndpoints().equals(endpoints)) {
            log.info("the ordering nodes of {} have changed", channel);
            disconnect();
            backoff.reset();
            connect();
        } else if (session != null) {
            session.configurationApplied();
        }
    }

    private List<OrdererEndpoint> currentEndpoints() {
        return AddressOverride.apply(config.addressOverrides(), configured.get());
    }

    private void connect() {
        retry = null;
        endpoints = currentEndpoints();
        Scheduler scheduler = context.scheduler();
        Optional<OrdererEndpoint> endpoint = choice.next(endpoints, scheduler.nanoTime(), scheduler.random());
        if (endpoint.isPresent()) {
            open(endpoint.get());
        } else {
            retryAfter(Failure.trouble("no-orderers", "the channel configuration names no ordering nodes"));
        }
    }

    private void open(OrdererEndpoint endpoint) {
        long next = sink.next();
        ByteString previousHash = follows == next ? lastHash : ByteString.EMPTY;
        log.debug("asking {} for {} from block {}", endpoint, channel, next);
        metrics.streaming(true);
        session = new DeliverSession(
                channel,
                context,
                endpoint,
                sink,
                next,
                previousHash,
                this::onPassed,
                failure -> onFailure(endpoint, failure),
                this::openAnew);
    }

    private void onPassed(VerifiedBlock block) {
        if (backoff.failures() > 0 || lastHash.isEmpty()) {
            log.info("receiving blocks of {} from {}, at {}", channel, source().orElseThrow(), block.number());
        }
        follows = block.number() + 1;
        lastHash = block.headerHash();
        backoff.reset();
        refusedSince = null;
        choice.hasServed();
        metrics.passed();
    }

    /** The next blocks come another way: the stream goes on behind them. */
    private void openAnew() {
        disconnect();
        connect();
    }

    private void onFailure(OrdererEndpoint endpoint, Failure failure) {
        disconnect();
        if (failure.kind() == Failure.Kind.BAD_BLOCK) {
            context.rejections().report(endpoint, failure.why());
            choice.sentBadBlock(endpoint, context.scheduler().nanoTime());
        } else {
            choice.hasFailed(endpoint);
        }
        retryAfter(failure);
    }

    private void retryAfter(Failure failure) {
        metrics.failed(failure.why().reason());
        Duration wait = backoff.afterFailure(context.scheduler().random());
        if (backoff.failures() == 1) {
            log.warn("no blocks of {} for now: {}", channel, failure.why());
        } else {
            log.debug("failure {} in a row: {}; next try in {}", backoff.failures(), failure.why(), wait);
        }
        retry = context.scheduler().schedule(wait, this::connect);
        boolean refused = failure.kind() == Failure.Kind.REFUSAL && isRefusedForLong();
        if (backoff.isExhausted() || refused) {
            log.warn("no blocks of {} from the ordering service for long: {}", channel, failure.why());
            onUnreachable.run();
        }
    }

    private boolean isRefusedForLong() {
        long now = context.scheduler().nanoTime();
        if (refusedSince == null) {
            refusedSince = now;
        }
        boolean isLong = now - refusedSince >= REFUSED.toNanos();
        if (isLong) {
            refusedSince = now;
        }
        return isLong;
    }

    private void disconnect() {
        if (session != null) {
            session.close();
            session = null;
            sink.ended();
        }
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        metrics.streaming(false);
    }
}
