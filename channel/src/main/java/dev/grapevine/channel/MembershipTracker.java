package dev.grapevine.channel;

import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in log and metrics who comes into a channel's view and who leaves it. */
final class MembershipTracker {
    private static final Logger LOG = LoggerFactory.getLogger(MembershipTracker.class);

    private final ChannelId channel;
    private final Meters.Gauge known;
    private List<NetworkMember> looked = List.of();
    private Set<PkiId> last = new TreeSet<>();

    /** What changed between two looks. */
    record Change(Set<PkiId> online, Set<PkiId> offline) {
        private static final Change NONE = new Change(new TreeSet<>(), new TreeSet<>());
    }

    MembershipTracker(ChannelId channel, Meters meters) {
        this.channel = channel;
        this.known = meters.gauge("gossip_membership_total_peers_known", "channel", channel.name());
    }

    /**
     * Compares the view with that of the last look.
     *
     * @param peers another list whenever somebody has come or gone
     */
    Change look(List<NetworkMember> peers) {
        if (peers == looked) {
            return Change.NONE;
        }
        looked = peers;
        Set<PkiId> now = peers.stream().map(NetworkMember::pkiId).collect(Collectors.toCollection(TreeSet::new));
        Set<PkiId> online = new TreeSet<>(now);
        online.removeAll(last);
        Set<PkiId> offline = new TreeSet<>(last);
        offline.removeAll(now);
        last = now;
        known.set(now.size());
        if (!online.isEmpty() || !offline.isEmpty()) {
            LOG.info("{}: online {}, offline {}, {} peers in all", channel, online, offline, now.size());
        }
        return new Change(online, offline);
    }
}
