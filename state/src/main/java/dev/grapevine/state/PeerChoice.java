package dev.grapevine.state;

import dev.grapevine.proto.PkiId;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/** Whom to ask for a block: who has announced it, failed least, is of our organisation and least busy; by lot among equals. */
final class PeerChoice {
    private static final int IN_FLIGHT_FABRIC = 2;
    private static final int IN_FLIGHT_GRAPEVINE = 4;

    /** Failures from which on a peer has to answer one request before it gets another. */
    private static final int DOUBTFUL = 3;

    private final ChannelPeers peers;
    private final PeerReliability reliability;
    private final RandomGenerator random;
    private final ToIntFunction<PkiId> inFlight;
    private final Comparator<ChannelPeers.Candidate> order;

    /** @param inFlight how many requests a peer has yet to answer */
    PeerChoice(ChannelPeers peers, PeerReliability reliability, RandomGenerator random, ToIntFunction<PkiId> inFlight) {
        this.peers = peers;
        this.reliability = reliability;
        this.random = random;
        this.inFlight = inFlight;
        this.order = Comparator.<ChannelPeers.Candidate>comparingInt(peer -> reliability.failures(peer.pkiId()))
                .thenComparing(peer -> !peer.ownOrganisation())
                .thenComparingInt(peer -> inFlight.applyAsInt(peer.pkiId()));
    }

    /** The best peer that has announced block {@code number} and passes {@code allowed}; none if all are busy or rest. */
    Optional<ChannelPeers.Candidate> forBlock(long number, Predicate<PkiId> allowed) {
        ChannelPeers.Candidate best = null;
        int equals = 0;
        for (ChannelPeers.Candidate peer : peers.peers()) {
            if (Long.compareUnsigned(peer.height(), number) <= 0 || !isFree(peer) || !allowed.test(peer.pkiId())) {
                continue;
            }
            int comparison = best == null ? -1 : order.compare(peer, best);
            equals = comparison < 0 ? 1 : comparison == 0 ? equals + 1 : equals;
            if (comparison < 0 || (comparison == 0 && random.nextInt(equals) == 0)) {
                best = peer;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean isFree(ChannelPeers.Candidate peer) {
        return inFlight.applyAsInt(peer.pkiId()) < limit(peer) && !reliability.rests(peer.pkiId());
    }

    private int limit(ChannelPeers.Candidate peer) {
        if (reliability.failures(peer.pkiId()) >= DOUBTFUL) {
            return 1;
        }
        return peer.revision() > 0 ? IN_FLIGHT_GRAPEVINE : IN_FLIGHT_FABRIC;
    }

    /** The greatest announced height; 0 without peers. */
    long greatestHeight() {
        return greatest(peer -> true);
    }

    /** The greatest height announced by peers that do not rest after a failure; 0 without such. */
    long greatestCredibleHeight() {
        return greatest(peer -> !reliability.rests(peer));
    }

    private long greatest(Predicate<PkiId> counted) {
        return peers.peers().stream()
                .filter(peer -> counted.test(peer.pkiId()))
                .map(ChannelPeers.Candidate::height)
                .max(Long::compareUnsigned)
                .orElse(0L);
    }
}
