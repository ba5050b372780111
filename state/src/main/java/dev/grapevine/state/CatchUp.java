package dev.grapevine.state;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the blocks that are missing, from all sources at once: disjoint ranges, each given to the source that will probably have
 * brought it first ({@link Sources}), as many as fit the memory that is set aside for them ({@link RangeTable}).
 *
 * <p>A source that takes longer than its answers usually do loses the range at once to another one, though its answer is still
 * taken if it comes first. Unlike Fabric, which asks one peer for one range of eleven blocks after the other.
 */
final class CatchUp {
    private static final int MAX_FETCHES = 64;

    /** How often the window is refilled while the chain crosses it. */
    private static final int REFILLS = 16;

    private static final int MAX_DOUBLINGS = 8;

    /** An answer of a Fabric peer may have this many bytes: far below its largest message (100 MiB). */
    private static final long FABRIC_ANSWER_BYTES = 8L << 20;

    /** No answer is late before this time, so that a collection of garbage or a busy moment is no reason to ask twice. */
    private static final long LEAST_PATIENCE = Duration.ofMillis(200).toNanos();

    private final StateContext context;
    private final StateConfig config;
    private final ChannelPeers peers;
    private final PayloadBuffer buffer;
    private final PrematureBlocks premature;
    private final Sources sources;
    private final RangeTable table;
    private final OrdererLane lane;
    private final BlockSize size;
    private final long memory;
    private long nextAtFill;

    /** @param memory bytes that may be on their way or waiting for their turn */
    CatchUp(
            StateContext context,
            StateConfig config,
            ChannelPeers peers,
            PayloadBuffer buffer,
            PrematureBlocks premature,
            Sources sources,
            RangeTable table,
            OrdererLane lane,
            BlockSize size,
            long memory) {
        this.context = context;
        this.config = config;
        this.peers = peers;
        this.buffer = buffer;
        this.premature = premature;
        this.sources = sources;
        this.table = table;
        this.lane = lane;
        this.size = size;
        this.memory = memory;
    }

    boolean isIdle() {
        return table.isIdle();
    }

    /** Asks for everything below {@code limit} that is missing, as far as memory and sources allow. */
    void fill(long limit) {
        if (Long.compareUnsigned(limit, buffer.next()) <= 0 || table.size() >= MAX_FETCHES) {
            return;
        }
        MissingBlocks missing = missing(limit);
        lane.claim(limit, context.scheduler().nanoTime()).ifPresent(missing::without);
        List<Sources.Offer> offers = sources.offers();
        Optional<BlockRange> run = missing.firstRun();
        while (run.isPresent() && table.size() < MAX_FETCHES) {
            BlockRange asked = ask(run.get(), offers);
            if (asked == null) {
                return;
            }
            missing.without(asked);
            run = missing.firstRun();
        }
    }

    /** {@link #fill} once the chain has come so far that it is worth the look; whether it was. */
    boolean refill(long limit) {
        long advanced = buffer.next() - nextAtFill;
        boolean worthIt = advanced >= Math.max(1, window() / REFILLS) && Long.compareUnsigned(limit, buffer.next()) > 0;
        if (worthIt) {
            fill(limit);
        }
        return worthIt;
    }

    /** Blocks ahead of the chain that may be asked for. */
    private int window() {
        return size.blocksIn(memory, buffer.capacity());
    }

    private MissingBlocks missing(long limit) {
        nextAtFill = buffer.next();
        long distance = limit - buffer.next();
        int window = window();
        MissingBlocks missing =
                new MissingBlocks(buffer.next(), Long.compareUnsigned(distance, window) < 0 ? (int) distance : window);
        buffer.forEach(missing::without);
        premature.forEach(missing::without);
        table.cover(missing);
        return missing;
    }

    /** Asks one source for the beginning of a range; null if there is none to ask now. */
    private @Nullable BlockRange ask(BlockRange run, List<Sources.Offer> offers) {
        long first = run.first();
        long bytes = size.mean() * Math.min(run.length(), config.batchSize() + 1);
        return sources.best(offers, first, bytes)
                .map(offer -> ask(offer, first, Math.min(run.length(), longest(offer))))
                .orElse(null);
    }

    /** How many blocks one request to this source may be for. */
    private int longest(Sources.Offer offer) {
        int longest = offer.candidate().revision() > 0
                ? size.blocksIn(StateServer.LONG_RESPONSE_BYTES, StateServer.LONG_RANGE)
                : size.blocksIn(FABRIC_ANSWER_BYTES, config.batchSize() + 1);
        return offer.source().length(longest, size.mean(), context.scheduler().nanoTime());
    }

    private BlockRange ask(Sources.Offer offer, long first, int length) {
        long top = offer.candidate().height() - 1;
        long last = Long.compareUnsigned(top - first, length) < 0 ? top : first + length - 1;
        BlockRange range = new BlockRange(first, last);
        long bytes = range.length() * size.mean();
        long now = context.scheduler().nanoTime();
        Fetch fetch = new Fetch(nonce(), offer.source(), range, bytes, now, patience(offer.source(), bytes, now));
        table.add(fetch);
        offer.source().asked(fetch.bytes());
        context.meters()
                .counter(
                        "gossip_state_requests_sent",
                        "channel",
                        context.channel().name())
                .increment();
        peers.send(fetch.message(context.channel()), offer.source().peer());
        return range;
    }

    /** Nanoseconds until a source that does not answer loses the range to another one; longer each time it is late. */
    private long patience(Source source, long bytes, long now) {
        long most = config.responseTimeout().toNanos() / 4;
        long usual = Math.max(LEAST_PATIENCE, source.expectedTime(bytes, most, now));
        return Math.min(most, usual << Math.min(source.overdue(), MAX_DOUBLINGS));
    }

    private long nonce() {
        long nonce;
        do {
            nonce = context.scheduler().random().nextLong();
        } while (nonce == 0 || table.contains(nonce));
        return nonce;
    }

    /** Takes ranges away from those who are late, and gives up what took too long. */
    void look() {
        long now = context.scheduler().nanoTime();
        for (Fetch fetch : table.fetches()) {
            if (now - fetch.sentAt() >= config.responseTimeout().toNanos()) {
                table.remove(fetch);
                fetch.source().missed(fetch, now);
            } else if (isLate(fetch, now)) {
                fetch.lose(now);
            }
        }
    }

    private boolean isLate(Fetch fetch, long now) {
        return now - fetch.lateAt() >= 0 && mayLose(fetch);
    }

    /** Whether somebody else may be asked too; the last of {@code maxRetries} further ones keeps the range until its timeout. */
    private boolean mayLose(Fetch fetch) {
        return !fetch.isOverdue() && table.lostBy(fetch.range().first()) <= config.maxRetries();
    }

    /** Nanoseconds until {@link #look} has something to do; empty when nothing is waited for. */
    Optional<Long> nextLook() {
        long now = context.scheduler().nanoTime();
        long timeout = config.responseTimeout().toNanos();
        Optional<Long> answer = table.fetches().stream()
                .map(fetch -> mayLose(fetch) ? fetch.lateAt() - now : fetch.sentAt() + timeout - now)
                .min(Long::compare)
                .map(wait -> Math.max(0, wait));
        Optional<Long> stream = lane.untilLate(now);
        return Stream.concat(answer.stream(), stream.stream()).min(Long::compare);
    }

    /** Begins a stream of the ordering service with the first block that is neither here nor on its way; returns its number. */
    long beginStream() {
        if (config.nonBlockingCommitMode()) {
            return buffer.next();
        }
        long first = missing(buffer.next() + buffer.capacity())
                .firstRun()
                .map(BlockRange::first)
                .orElse(buffer.next() + buffer.capacity());
        lane.begin(first, context.scheduler().nanoTime());
        return first;
    }

    /** Whether a block that the stream would bring next is here or on its way from elsewhere. */
    boolean isElsewhere(long number) {
        return Long.compareUnsigned(number, buffer.next()) < 0 || buffer.holds(number) || table.covers(number);
    }
}
