package dev.grapevine.node.peer;

import dev.grapevine.channel.GossipNode;
import dev.grapevine.comm.Comm;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.discovery.Discovery;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that whoever's identity is no longer good is gone everywhere: from the links, the membership and the identity
 * pull (as Fabric does since 2.5.11).
 */
final class IdentityCare {
    private static final Logger log = LoggerFactory.getLogger(IdentityCare.class);
    private static final Duration SCAN_INTERVAL = Duration.ofSeconds(10);

    private final Scheduler scheduler;
    private final IdentityStore identities;
    private final Comm comm;
    private final Discovery discovery;
    private final GossipNode gossip;
    private Scheduler.Timer scan = () -> {};

    IdentityCare(Scheduler scheduler, IdentityStore identities, Comm comm, Discovery discovery, GossipNode gossip) {
        this.scheduler = scheduler;
        this.identities = identities;
        this.comm = comm;
        this.discovery = discovery;
        this.gossip = gossip;
    }

    void start() {
        scan = scheduler.every(
                SCAN_INTERVAL, () -> forget(identities.purge(scheduler.wallTime()), "expired or unused"));
    }

    void stop() {
        scan.cancel();
    }

    /** Judges every identity again, after trust has changed. */
    void revalidate() {
        forget(identities.revalidate(), "no longer valid");
    }

    private void forget(List<PkiId> removed, String reason) {
        for (PkiId peer : removed) {
            log.info("the identity of {} is {}", peer, reason);
            comm.close(peer, "identity " + reason);
            discovery.purge(peer);
            gossip.identityRemoved(peer);
        }
    }
}
