package dev.grapevine.discovery;

import dev.grapevine.comm.Comm;
import dev.grapevine.proto.time.Scheduler;
import java.util.List;

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

    Reconnector(DiscoveryPorts ports, MembershipTable table, MembershipRequests requests, AliveSpread spread) {
        this.scheduler = ports.scheduler();
        this.comm = ports.comm();
        this.table = table;
        this.requests = requests;
        this.spread = spread;
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
     */
    void contradicted(List<Alive> saidToBeAlive) {
        if (!spread.isCalm()) {
            return;
        }
        List<NetworkMember> dead = saidToBeAlive.stream()
                .flatMap(alive -> table.find(alive.pkiId()).stream())
                .filter(peer -> !peer.isAlive())
                .map(KnownPeer::member)
                .filter(member -> !member.preferredEndpoint().isEmpty())
                .toList();
        RandomChoice.of(dead, 1, scheduler.random()).forEach(this::reach);
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
