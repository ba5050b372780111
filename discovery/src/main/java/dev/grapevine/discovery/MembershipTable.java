package dev.grapevine.discovery;

import dev.grapevine.discovery.KnownPeer.Presence;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one table of peers: Fabric's seven maps and its alive store in one, so that a peer cannot be in none or two of them.
 * Every change of a peer's presence happens here.
 */
final class MembershipTable {
    /** Peers remembered at most, the forgotten included; strangers beyond that are turned away. */
    static final int CAPACITY = 20_000;

    private final Scheduler scheduler;
    private final MembershipListener listener;
    private final Meters.Gauge aliveGauge;
    private final Meters.Gauge deadGauge;
    private final Map<PkiId, KnownPeer> peers = new TreeMap<>();
    private @Nullable List<NetworkMember> alive;
    private @Nullable Boolean hasPlain;
    private int living;
    private int dead;
    private Runnable onChange = () -> {};

    MembershipTable(Scheduler scheduler, Meters meters, MembershipListener listener) {
        this.scheduler = scheduler;
        this.listener = listener;
        this.aliveGauge = meters.gauge("gossip_discovery_members", "state", "alive");
        this.deadGauge = meters.gauge("gossip_discovery_members", "state", "dead");
    }

    /** A peer that is alive or dead. */
    Optional<KnownPeer> find(PkiId pkiId) {
        return Optional.ofNullable(peers.get(pkiId)).filter(peer -> !peer.isForgotten());
    }

    boolean isAlive(PkiId pkiId) {
        return find(pkiId).filter(KnownPeer::isAlive).isPresent();
    }

    boolean hasAlive() {
        return living > 0;
    }

    /** The living, in the order of their PKI-IDs. */
    List<NetworkMember> alive() {
        List<NetworkMember> current = alive;
        if (current == null) {
            current = with(Presence.ALIVE).map(KnownPeer::member).toList();
            alive = current;
        }
        return current;
    }

    /** Whether anybody alive is a plain Fabric peer. */
    boolean hasPlain() {
        Boolean known = hasPlain;
        if (known == null) {
            known = alive().stream().anyMatch(member -> member.revision() == 0);
            hasPlain = known;
        }
        return known;
    }

    boolean hasDead() {
        return dead > 0;
    }

    /** The dead, in the order of their PKI-IDs. */
    List<NetworkMember> dead() {
        return with(Presence.DEAD).map(KnownPeer::member).toList();
    }

    Stream<KnownPeer> with(Presence presence) {
        return peers.values().stream().filter(peer -> peer.presence() == presence);
    }

    /** Whether a message would change the table, should it prove genuine. */
    boolean isNews(Alive message) {
        KnownPeer peer = peers.get(message.pkiId());
        return peer == null ? peers.size() < CAPACITY : peer.isNews(message, scheduler.wallNanos());
    }

    /** Whether a message from somebody's list of the dead would be learned: only if we do not know the peer at all. */
    boolean isNewsOfDead(Alive message) {
        return find(message.pkiId()).isEmpty() && isNews(message);
    }

    /** Takes a genuine message that is news: the peer is alive, whatever it was. */
    void learnAlive(Alive message) {
        boolean wasAlive = isAlive(message.pkiId());
        Optional<NetworkMember> before = find(message.pkiId()).map(KnownPeer::member);
        NetworkMember now = take(message, "", Presence.ALIVE).member();
        if (!wasAlive) {
            listener.joined(now);
        } else if (!before.equals(Optional.of(now))) {
            refresh();
            listener.updated(now);
        }
    }

    /** Takes a genuine message of a peer that is said to be dead. */
    void learnDead(Alive message, String internalEndpoint) {
        take(message, internalEndpoint, Presence.DEAD);
    }

    private KnownPeer take(Alive message, String internalEndpoint, Presence presence) {
        long wall = scheduler.wallNanos();
        long now = scheduler.nanoTime();
        KnownPeer peer = peers.get(message.pkiId());
        if (peer == null) {
            peer = new KnownPeer(message, internalEndpoint, presence, wall, now);
            peers.put(message.pkiId(), peer);
            count(presence, 1);
            refresh();
        } else {
            Presence before = peer.presence();
            peer.take(message, presence, wall, now);
            moved(before, presence);
        }
        return peer;
    }

    /** A living peer dies. Does nothing to any other. */
    void bury(PkiId pkiId) {
        find(pkiId).filter(KnownPeer::isAlive).ifPresent(peer -> end(peer, Presence.DEAD));
    }

    /** A peer leaves every view at once; its old messages stay refused. */
    void forget(PkiId pkiId) {
        find(pkiId).ifPresent(peer -> end(peer, Presence.FORGOTTEN));
    }

    private void end(KnownPeer peer, Presence next) {
        Presence before = peer.presence();
        peer.become(next);
        moved(before, next);
        if (before == Presence.ALIVE) {
            listener.left(peer.member());
        }
    }

    /**
     * Forgets the dead without news for {@code memory}, and after twice that even their timestamps. Fabric keeps those
     * learned from membership responses for ever; here they go the same way.
     *
     * @param kept the dead that are never forgotten, for after a long partition they are the only way back
     */
    void sweep(Duration memory, Predicate<NetworkMember> kept) {
        long now = scheduler.nanoTime();
        with(Presence.DEAD)
                .filter(peer -> peer.silence(now) > memory.toNanos() && !kept.test(peer.member()))
                .toList()
                .forEach(peer -> end(peer, Presence.FORGOTTEN));
        peers.values().removeIf(peer -> peer.isForgotten() && peer.silence(now) > 2 * memory.toNanos());
    }

    private void moved(Presence from, Presence to) {
        if (from != to) {
            count(from, -1);
            count(to, 1);
            refresh();
        }
    }

    private void count(Presence presence, int step) {
        switch (presence) {
            case ALIVE -> living += step;
            case DEAD -> dead += step;
            case FORGOTTEN -> {
                // Nobody's view has them.
            }
        }
    }

    private void refresh() {
        alive = null;
        hasPlain = null;
        aliveGauge.set(living);
        deadGauge.set(dead);
        onChange.run();
    }

    /** Sets who is told that somebody came, went or moved. */
    void onChange(Runnable listener) {
        onChange = listener;
    }
}
