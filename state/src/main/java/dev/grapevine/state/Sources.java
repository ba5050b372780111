package dev.grapevine.state;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The peers blocks can be fetched from. The next range goes to the one that will have brought it first, measured by what it owes
 * and how fast it was; of those unknown, ours before those of other organisations, and by lot among equals. Each failure
 * and each late answer counts like half the speed.
 */
final class Sources {
    private static final int MAX_SOURCES = 4096;

    /** Requests under way to one source; Fabric queues a hundred, of everybody. */
    private static final int IN_FLIGHT = 4;

    /** A source of another organisation is preferred only if it is this much faster. */
    private static final double FOREIGN = 2;

    /** Ten megabytes a second, for a source that nothing is known of when nothing is known of any. */
    private static final double FIRST_GUESS = 0.01;

    /** A source and what it has announced at this moment. */
    record Offer(ChannelPeers.Candidate candidate, Source source) {
        boolean has(long number) {
            return Long.compareUnsigned(candidate.height(), number) > 0;
        }
    }

    private final ChannelPeers peers;
    private final Scheduler scheduler;
    private final Map<PkiId, Source> known = new LinkedHashMap<>();

    Sources(ChannelPeers peers, Scheduler scheduler) {
        this.peers = peers;
        this.scheduler = scheduler;
    }

    /** Everybody there is now. */
    List<Offer> offers() {
        return peers.peers().stream()
                .map(candidate -> new Offer(candidate, of(candidate.pkiId())))
                .toList();
    }

    private Source of(PkiId peer) {
        Source source = known.get(peer);
        if (source == null) {
            makeRoom();
            source = new Source(peer);
            known.put(peer, source);
        }
        return source;
    }

    private void makeRoom() {
        if (known.size() >= MAX_SOURCES) {
            known.values().stream()
                    .filter(source -> source.requests() == 0)
                    .findFirst()
                    .ifPresent(source -> known.remove(source.peer()));
        }
    }

    /**
     * Whom to ask for block {@code number} and those after it: none if nobody has it, or if whoever would bring it first owes us
     * enough already.
     *
     * @param bytes about how many will be asked for
     */
    Optional<Offer> best(List<Offer> offers, long number, long bytes) {
        long now = scheduler.nanoTime();
        double fastest = offers.stream()
                .mapToDouble(offer -> offer.source().bytesPerNano(now, 0))
                .max()
                .orElse(0);
        double guess = fastest > 0 ? fastest : FIRST_GUESS;
        Offer best = null;
        double least = Double.MAX_VALUE;
        int equals = 0;
        for (Offer offer : offers) {
            if (!offer.has(number) || !mayBeAsked(offer.source(), now)) {
                continue;
            }
            double completion = completion(offer, bytes, guess, now);
            equals = completion < least ? 1 : completion == least ? equals + 1 : equals;
            if (completion < least || (completion == least && scheduler.random().nextInt(equals) == 0)) {
                best = offer;
                least = completion;
            }
        }
        return Optional.ofNullable(best).filter(offer -> hasRoom(offer.source(), now));
    }

    /** Who is doubtful or late has to answer one request before it gets another. */
    private static boolean mayBeAsked(Source source, long now) {
        boolean doubted = source.standing().isDoubtful() || source.overdue() > 0;
        return !source.standing().rests(now) && !(doubted && source.requests() > source.overdue());
    }

    /** One that was never measured gets one request: whoever is known first would be asked for everything else, by every newcomer. */
    private static boolean hasRoom(Source source, long now) {
        return source.requests() < (source.isMeasured(now) ? IN_FLIGHT : 1);
    }

    /** Nanoseconds until it will have brought the bytes; each failure and each late answer makes it half as attractive. */
    private static double completion(Offer offer, long bytes, double guess, long now) {
        Source source = offer.source();
        double completion = source.completion(bytes, source.bytesPerNano(now, guess));
        double doubt = 1 << (source.standing().failures() + source.overdue());
        return completion * doubt * (offer.candidate().ownOrganisation() ? 1 : FOREIGN);
    }

    /** Whether anybody says to have more than so many blocks. */
    boolean isAnyAbove(long height) {
        return !peers.above(height).isEmpty();
    }

    /** The greatest height announced by peers that do not rest after a failure; {@code least} if none is greater. */
    long greatestCredibleHeight(long least) {
        long now = scheduler.nanoTime();
        long greatest = least;
        for (ChannelPeers.Candidate candidate : peers.above(least)) {
            if (Long.compareUnsigned(candidate.height(), greatest) > 0
                    && !of(candidate.pkiId()).standing().rests(now)) {
                greatest = candidate.height();
            }
        }
        return greatest;
    }
}
