package dev.grapevine.comm;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one live link per PKI-ID. A link that loses its place is read for a moment longer and takes it back if the winner
 * ends first: so two nodes, or a node and a Go peer, that judge a simultaneous dial differently still end with one link and
 * lose no message that was on its way.
 */
final class LinkTable {
    /** How long a link is read after another has taken its place. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private final Map<PkiId, Link> current = new LinkedHashMap<>();
    private final Map<PkiId, Link> retired = new LinkedHashMap<>();
    private final Survivor survivor;
    private final Scheduler scheduler;

    LinkTable(Survivor survivor, Scheduler scheduler) {
        this.survivor = survivor;
        this.scheduler = scheduler;
    }

    /** Enters a fresh link, which may find that another one keeps its place. */
    void admit(Link fresh) {
        Link old = current.get(fresh.pkiId());
        if (old == null) {
            current.put(fresh.pkiId(), fresh);
        } else if (survivor.isFresh(old, fresh)) {
            current.put(fresh.pkiId(), fresh);
            retire(old, fresh);
        } else {
            retire(fresh, old);
        }
        fresh.start();
    }

    private void retire(Link loser, Link winner) {
        loser.retire(winner);
        Link before = retired.put(loser.pkiId(), loser);
        if (before != null) {
            before.close("replaced");
        }
        scheduler.schedule(GRACE, () -> {
            if (retired.remove(loser.pkiId(), loser)) {
                loser.close("replaced");
            }
        });
    }

    Optional<Link> get(PkiId pkiId) {
        return Optional.ofNullable(current.get(pkiId));
    }

    /** The link that came of dialling an endpoint. */
    Optional<Link> at(String endpoint) {
        return current.values().stream()
                .filter(link ->
                        link.dial() != null && link.dial().peer().endpoint().equals(endpoint))
                .findFirst();
    }

    /**
     * Takes a link out that has ended, if it still is the one. What it had not sent goes to the link that stands in for it.
     *
     * @return whether its peer is without a link now because of it
     */
    boolean ended(Link link) {
        if (retired.remove(link.pkiId(), link) || !current.remove(link.pkiId(), link)) {
            return false;
        }
        Link standIn = retired.remove(link.pkiId());
        if (standIn == null) {
            return true;
        }
        current.put(link.pkiId(), standIn);
        link.queue().moveTo(standIn.queue());
        standIn.reinstate();
        return false;
    }

    void close(PkiId pkiId, String reason) {
        for (Map<PkiId, Link> links : List.of(current, retired)) {
            Link link = links.remove(pkiId);
            if (link != null) {
                link.close(reason);
            }
        }
    }

    /** Ends all links; what is said last still reaches the peers. */
    void finishAll(String reason) {
        new ArrayList<>(retired.values()).forEach(link -> link.close(reason));
        new ArrayList<>(current.values()).forEach(link -> link.finish(reason));
        retired.clear();
        current.clear();
    }
}
