package dev.grapevine.simulation.fabric;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Fabric's election of the peer of each organisation that fetches blocks. Leaders declare themselves every five seconds; who hears of
 * none for ten proposes itself, waits for five, and leads unless a smaller identifier has proposed itself. Declarations and
 * proposals go to all colleagues, and come to all of them at the same time.
 */
final class Election {
    private static final int NOBODY = Integer.MAX_VALUE;

    private final Surroundings around;
    private final ChannelView view;
    private final DeliverClients deliver;
    private final int[] ranks;
    private final int[] smallestProposal;
    private final BitSet leaderExists = new BitSet();
    private final BitSet leading = new BitSet();
    private final @Nullable Pause[] pauses;

    /** What a peer waits for that a declaration brings about sooner. */
    private static final class Pause {
        private final Runnable then;

        Pause(Runnable then) {
            this.then = then;
        }
    }

    /** @param ranks the order of the peers' identifiers */
    Election(Surroundings around, ChannelView view, DeliverClients deliver, int[] ranks) {
        this.around = around;
        this.view = view;
        this.deliver = deliver;
        this.ranks = ranks;
        this.smallestProposal = new int[ranks.length];
        this.pauses = new Pause[ranks.length];
    }

    BitSet leaders() {
        return leading;
    }

    void start(int peer) {
        leaderExists.clear(peer);
        smallestProposal[peer] = NOBODY;
        pauses[peer] = null;
        sample(peer, view.colleagues(peer), FabricTimers.ELECTION_SAMPLE);
    }

    /** A peer has crashed. */
    void forget(int peer) {
        leading.clear(peer);
        deliver.forget(peer);
    }

    /** Waits until the view has the same size twice. */
    private void sample(int peer, int before, long waited) {
        around.time().after(FabricTimers.ELECTION_SAMPLE, peer, () -> {
            int now = view.colleagues(peer);
            if (now == before || waited >= FabricTimers.ELECTION_GRACE || leaderExists.get(peer)) {
                run(peer);
            } else {
                sample(peer, now, waited + FabricTimers.ELECTION_SAMPLE);
            }
        });
    }

    private void run(int peer) {
        if (leaderExists.get(peer)) {
            follow(peer);
        } else {
            tell(peer, false);
            pause(peer, FabricTimers.ELECTION, () -> decide(peer));
        }
    }

    private void decide(int peer) {
        if (!leaderExists.get(peer) && smallestProposal[peer] > ranks[peer]) {
            leaderExists.set(peer);
            leading.set(peer);
            deliver.begin(peer);
            lead(peer);
        } else {
            follow(peer);
        }
    }

    private void lead(int peer) {
        if (!leading.get(peer)) {
            follow(peer);
            return;
        }
        tell(peer, true);
        pause(peer, FabricTimers.LEADER_ALIVE / 2, () -> lead(peer));
    }

    private void follow(int peer) {
        smallestProposal[peer] = NOBODY;
        leaderExists.clear(peer);
        around.time().after(FabricTimers.LEADER_ALIVE, peer, () -> run(peer));
    }

    /** Waits for a time, or until a declaration comes. */
    private void pause(int peer, long nanos, Runnable then) {
        Pause pause = new Pause(then);
        pauses[peer] = pause;
        around.time().after(nanos, peer, () -> end(peer, pause));
    }

    private void end(int peer, @Nullable Pause pause) {
        if (pause != null && pauses[peer] == pause) {
            pauses[peer] = null;
            pause.then.run();
        }
    }

    private void tell(int peer, boolean declares) {
        int[] colleagues = colleagues(peer);
        around.wires().traffic().sent(peer, colleagues.length, colleagues.length * FrameSizes.LEADERSHIP);
        int[] reached = Arrays.stream(colleagues)
                .filter(to -> around.wires().reaches(peer, to))
                .toArray();
        long sending = FabricTimers.BURST_LATENCY + around.wires().propagation().most();
        around.time().after(sending, () -> {
            around.wires().traffic().arrived(reached.length);
            around.wires().trace().add(around.time().now(), peer, -1, reached.length, declares ? 1 : 0);
            for (int to : reached) {
                if (around.roster().isRunning(to) && view.seesColleague(to, peer)) {
                    hear(to, peer, declares);
                }
            }
        });
    }

    private int[] colleagues(int peer) {
        BitMatrix alive = around.membership().alive();
        int[] found = new int[alive.count(peer)];
        int count = 0;
        for (int other = alive.next(peer, 0); other >= 0; other = alive.next(peer, other + 1)) {
            if (view.seesColleague(peer, other)) {
                found[count++] = other;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private void hear(int peer, int from, boolean declares) {
        if (!declares) {
            smallestProposal[peer] = Math.min(smallestProposal[peer], ranks[from]);
            return;
        }
        leaderExists.set(peer);
        if (leading.get(peer) && ranks[from] < ranks[peer]) {
            leading.clear(peer);
            deliver.end(peer);
        }
        end(peer, pauses[peer]);
    }
}
