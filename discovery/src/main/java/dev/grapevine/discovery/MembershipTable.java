package dev.grapevine.discovery;

import dev.grapevine.discovery.KnownPeer.Presence;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
    private final Map<PkiId, KnownPeer> peers = new HashMap<>();
    private final LivingMembers living = new LivingMembers();
    private int dead;
    private long version;
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
        return !living.isEmpty();
    }

    /** The living, in the order of their PKI-IDs; the same list as long as nobody comes, goes or changes. */
    List<NetworkMember> alive() {
        return living.all();
    }

    /** Whether anybody alive is a plain Fabric peer. */
    boolean hasPlain() {
        return living.hasPlain();
    }

    /** Changes with every message that is taken, and with everybody who comes or goes. */
    long version() {
        return version;
    }

    boolean hasDead() {
        return dead > 0;
    }

    /** The dead, in the order of their PKI-IDs. */
    List<NetworkMember> dead() {
        return with(Presence.DEAD).map(KnownPeer::member).toList();
    }

    /** In the order of their PKI-IDs. */
    Stream<KnownPeer> with(Presence presence) {
        return presence == Presence.ALIVE
                ? alive().stream().map(member -> known(member.pkiId()))
                : peers.values().stream()
                        .filter(peer -> peer.presence() == presence)
                        .sorted(Comparator.comparing(KnownPeer::pkiId));
    }

    private KnownPeer known(PkiId pkiId) {
        return Objects.requireNonNull(peers.get(pkiId));
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
            living.put(now);
            changed();
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
        version++;
        KnownPeer peer = peers.get(message.pkiId());
        if (peer == null) {
            peer = new KnownPeer(message, internalEndpoint, presence, wall, now);
            peers.put(message.pkiId(), peer);
            moved(peer, Presence.FORGOTTEN);
        } else {
            Presence before = peer.presence();
            peer.take(message, presence, wall, now);
            moved(peer, before);
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
        moved(peer, before);
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
        if (peers.size() == living.size()) {
            return;
        }
        long now = scheduler.nanoTime();
        with(Presence.DEAD)
                .filter(peer -> peer.silence(now) > memory.toNanos() && !kept.test(peer.member()))
                .toList()
                .forEach(peer -> end(peer, Presence.FORGOTTEN));
        peers.values().removeIf(peer -> peer.isForgotten() && peer.silence(now) > 2 * memory.toNanos());
    }

    private void moved(KnownPeer peer, Presence from) {
        Presence to = peer.presence();
        if (from == to) {
            return;
        }
        dead += (to == Presence.DEAD ? 1 : 0) - (from == Presence.DEAD ? 1 : 0);
        if (to == Presence.ALIVE) {
            living.put(peer.member());
        } else {
            living.remove(peer.pkiId());
        }
        changed();
    }

    private void changed() {
        version++;
        aliveGauge.set(living.size());
        deadGauge.set(dead);
        onChange.run();
    }

    /** Sets who is told that somebody came, went or moved. */
    void onChange(Runnable listener) {
        onChange = listener;
    }
}
