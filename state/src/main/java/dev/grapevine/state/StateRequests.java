package dev.grapevine.state;

import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The requests for missing blocks that are under way (specification 10.4), shared by gap repair and anti-entropy.
 *
 * <p>Unlike Fabric, which asks one peer for one range after the other, disjoint ranges are asked of several peers at once, a
 * few each; responders queue a hundred. When the answer the chain waits for takes long, somebody else is asked as well.
 */
final class StateRequests {
    private static final int MAX_OUTSTANDING = 32;

    private final StateContext context;
    private final StateConfig config;
    private final ChannelPeers peers;
    private final PayloadBuffer buffer;
    private final PrematureBlocks premature;
    private final PeerReliability reliability;
    private final PeerChoice choice;
    private final RequestSize size;
    private final Map<Long, StateRequest> outstanding = new LinkedHashMap<>();
    private final List<BlockRange> verifying = new ArrayList<>();
    private final Set<PkiId> askedForNext = new TreeSet<>();
    private long askedNext;

    StateRequests(
            StateContext context,
            StateConfig config,
            ChannelPeers peers,
            PayloadBuffer buffer,
            PrematureBlocks premature,
            PeerReliability reliability,
            RequestSize size) {
        this.context = context;
        this.config = config;
        this.peers = peers;
        this.buffer = buffer;
        this.premature = premature;
        this.reliability = reliability;
        this.size = size;
        this.choice = new PeerChoice(peers, reliability, context.scheduler().random(), this::inFlight);
    }

    PeerChoice choice() {
        return choice;
    }

    boolean isIdle() {
        return outstanding.isEmpty() && verifying.isEmpty();
    }

    /** Asks for everything below {@code limit} that is missing, as far as buffer, peers and bounds allow. */
    void fill(long limit) {
        if (Long.compareUnsigned(limit, buffer.next()) <= 0) {
            return;
        }
        for (BlockRange range : missing(limit).ranges(size.length())) {
            if (outstanding.size() >= MAX_OUTSTANDING || !ask(range)) {
                return;
            }
        }
    }

    private MissingBlocks missing(long limit) {
        long distance = limit - buffer.next();
        int length = Long.compareUnsigned(distance, size.window()) < 0 ? (int) distance : size.window();
        MissingBlocks missing = new MissingBlocks(buffer.next(), length)
                .without(number -> buffer.holds(number) || premature.holds(number));
        outstanding.values().forEach(request -> missing.without(request.range()));
        verifying.forEach(missing::without);
        return missing;
    }

    private boolean ask(BlockRange range) {
        boolean first = range.first() == buffer.next();
        Set<PkiId> avoid = first ? askedForNext() : Set.of();
        Optional<ChannelPeers.Candidate> chosen = choice.forBlock(range.first(), peer -> !avoid.contains(peer))
                .or(() -> choice.forBlock(range.first(), peer -> true));
        chosen.ifPresent(peer -> ask(peer, range));
        return chosen.isPresent();
    }

    /** Whom we have asked for the next block; forgotten when it has come, or after enough have failed. */
    private Set<PkiId> askedForNext() {
        if (askedNext != buffer.next() || askedForNext.size() > config.maxRetries()) {
            askedNext = buffer.next();
            askedForNext.clear();
        }
        return askedForNext;
    }

    private void ask(ChannelPeers.Candidate peer, BlockRange range) {
        if (range.contains(buffer.next())) {
            askedForNext().add(peer.pkiId());
        }
        long last = Long.compareUnsigned(peer.height() - 1, range.last()) < 0 ? peer.height() - 1 : range.last();
        StateRequest request = new StateRequest(
                nonce(),
                peer.pkiId(),
                new BlockRange(range.first(), last),
                context.scheduler().nanoTime());
        outstanding.put(request.nonce(), request);
        context.meters()
                .counter(
                        "gossip_state_requests_sent",
                        "channel",
                        context.channel().name())
                .increment();
        peers.send(request.message(context.channel()), request.peer());
    }

    private long nonce() {
        long nonce;
        do {
            nonce = context.scheduler().random().nextLong();
        } while (nonce == 0 || outstanding.containsKey(nonce));
        return nonce;
    }

    private int inFlight(PkiId peer) {
        int count = 0;
        for (StateRequest request : outstanding.values()) {
            count += request.peer().equals(peer) ? 1 : 0;
        }
        return count;
    }

    /** Gives up requests that took too long; their blocks are missing again. */
    void expire() {
        long deadline = config.responseTimeout().toNanos();
        for (StateRequest request : List.copyOf(outstanding.values())) {
            if (age(request) >= deadline) {
                outstanding.remove(request.nonce());
                reliability.silent(request.peer());
                size.missed();
            }
        }
    }

    /** Asks somebody else as well if the next block has been waited for long: a quarter of the response timeout. */
    void hurry() {
        long patience = config.responseTimeout().toNanos() / 4;
        List<StateRequest> forNext = outstanding.values().stream()
                .filter(request -> request.range().contains(buffer.next()))
                .toList();
        boolean late = !forNext.isEmpty() && forNext.stream().allMatch(request -> age(request) >= patience);
        if (late && forNext.size() <= config.maxRetries() && outstanding.size() < MAX_OUTSTANDING) {
            BlockRange range =
                    new BlockRange(buffer.next(), forNext.get(0).range().last());
            Set<PkiId> avoid = askedForNext();
            choice.forBlock(range.first(), peer -> !avoid.contains(peer)).ifPresent(peer -> ask(peer, range));
        }
    }

    private long age(StateRequest request) {
        return context.scheduler().nanoTime() - request.sentAt();
    }

    /** Whether this peer owes us an answer to a request of this nonce. */
    boolean awaits(PkiId sender, long nonce) {
        StateRequest request = outstanding.get(nonce);
        return request != null && request.peer().equals(sender);
    }

    /** Ends the waiting for an answer that has come. */
    Optional<StateRequest> answered(PkiId sender, long nonce) {
        return awaits(sender, nonce) ? Optional.ofNullable(outstanding.remove(nonce)) : Optional.empty();
    }

    /** These blocks are here and being verified: nobody needs to be asked for them. */
    void verifying(BlockRange range) {
        verifying.add(range);
    }

    /** Their verification is over; what did not pass it is missing again. */
    void verified(BlockRange range) {
        verifying.remove(range);
    }
}
