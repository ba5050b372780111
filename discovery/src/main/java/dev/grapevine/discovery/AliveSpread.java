package dev.grapevine.discovery;

import dev.grapevine.discovery.liveness.Swim;
import dev.grapevine.proto.PkiId;
import org.jspecify.annotations.Nullable;

/**
 * How news of the living travels on. By Fabric's push, as long as any plain Fabric peer is there; and of a peer that speaks
 * the extensions by rumour, if it is more than one more heartbeat: among themselves they need none.
 */
final class AliveSpread {
    private final DiscoveryConfig config;
    private final Gossiper gossiper;
    private final MembershipTable table;
    private final Swim swim;

    AliveSpread(DiscoveryConfig config, Gossiper gossiper, MembershipTable table, Swim swim) {
        this.config = config;
        this.gossiper = gossiper;
        this.table = table;
        this.swim = swim;
    }

    /** Whether everybody here is judged by probes, so that nobody waits for heartbeats. */
    boolean isCalm() {
        return config.probes() && !table.hasPlain();
    }

    /**
     * Passes an alive message on.
     *
     * @param from the peer it came from; null if it is our own
     * @param matters whether it says more than one more heartbeat
     */
    void spread(Alive alive, @Nullable PkiId from, boolean matters) {
        if (!isCalm()) {
            gossiper.gossip(alive.message(), from);
        }
        if (matters) {
            tell(alive);
        }
    }

    /** Tells the others of a peer that has asked us for the membership; Fabric leaves that to its next heartbeat. */
    void newcomer(Alive alive) {
        tell(alive);
    }

    private void tell(Alive alive) {
        if (config.probes() && alive.revision() > 0) {
            swim.announce(alive.pkiId(), alive.message());
        }
    }
}
