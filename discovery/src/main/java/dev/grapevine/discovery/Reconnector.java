package dev.grapevine.discovery;

import dev.grapevine.comm.Comm;
import dev.grapevine.discovery.liveness.Swim;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries to reach the dead: who answers a probe is asked for its membership, and learns from the request that we are alive.
 * A round takes at most {@value #MAX_PER_ROUND} of them, so that a lost continent does not mean a thousand dials at once.
 */
final class Reconnector {
    static final int MAX_PER_ROUND = 100;

    private final Scheduler scheduler;
    private final Comm comm;
    private final MembershipTable table;
    private final MembershipRequests requests;
    private final AliveSpread spread;
    private final Swim swim;
    /** Nanoseconds between two attempts to reach one peer because others contradict us: they are asked half as often. */
    private final long pause;

    private final Map<PkiId, Long> reached = new LinkedHashMap<>();

    Reconnector(
            DiscoveryConfig config,
            DiscoveryPorts ports,
            MembershipTable table,
            MembershipRequests requests,
            AliveSpread spread,
            Swim swim) {
        this.scheduler = ports.scheduler();
        this.comm = ports.comm();
        this.table = table;
        this.requests = requests;
        this.spread = spread;
        this.swim = swim;
        this.pause = config.pullInterval().dividedBy(2).toNanos();
    }

    void round() {
        if (!table.hasDead()) {
            return;
        }
        List<NetworkMember> reachable = table.dead().stream()
                .filter(member -> !member.preferredEndpoint().isEmpty())
                .toList();
        RandomChoice.of(reachable, MAX_PER_ROUND, scheduler.random()).forEach(this::reach);
    }

    /**
     * Others hold the same of these as we do, and for them it is a sign of life: whoever of them is dead to us has perhaps refuted others'
     * suspicion before ours. Without heartbeats it would stay dead here until it has reason to speak anew, so one of them is given one.
     * If one of the dead says so itself, to ask it again would get the same answer: it is told that it is dead here.
     */
    void contradicted(PkiId sayer, List<Alive> saidToBeAlive) {
        if (!spread.isCalm()) {
            return;
        }
        List<NetworkMember> dead = saidToBeAlive.stream()
                .flatMap(alive -> table.find(alive.pkiId()).stream())
                .filter(peer -> !peer.isAlive())
                .map(KnownPeer::member)
                .filter(member -> !member.preferredEndpoint().isEmpty())
                .toList();
        Optional<NetworkMember> itself =
                dead.stream().filter(member -> member.pkiId().equals(sayer)).findFirst();
        if (itself.isEmpty()) {
            reachOne(dead);
        } else if (itself.get().revision() > 0) {
            swim.correct(sayer);
        }
    }

    private void reachOne(List<NetworkMember> dead) {
        long now = scheduler.nanoTime();
        reached.values().removeIf(at -> now - at >= pause);
        List<NetworkMember> due = dead.stream()
                .filter(member -> !reached.containsKey(member.pkiId()))
                .toList();
        RandomChoice.of(due, 1, scheduler.random()).forEach(member -> {
            reached.put(member.pkiId(), now);
            reach(member);
        });
    }

    private void reach(NetworkMember dead) {
        comm.probe(dead.remotePeer(), verdict -> {
            boolean stillDead =
                    table.find(dead.pkiId()).filter(peer -> !peer.isAlive()).isPresent();
            if (verdict.isAccepted() && stillDead) {
                requests.askAnew(dead);
            }
        });
    }
}
