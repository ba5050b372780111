package dev.grapevine.simulation.fabric;

import dev.grapevine.simulation.Bandwidth;
import dev.grapevine.simulation.Propagation;
import dev.grapevine.simulation.Trace;
import dev.grapevine.simulation.scenario.NetworkConditions;
import java.util.SplittableRandom;

/** What is between the peers: latency, bandwidth with queues, loss and separations. */
final class Wires {
    /** Somebody could not be reached because it is not running. */
    interface Refusal {
        void refused(int by, int whom);
    }

    private final Timeline time;
    private final Roster roster;
    private final SplittableRandom random;
    private final Bandwidth bandwidth;
    private final Propagation propagation;
    private final Traffic traffic;
    private final Trace trace;
    private final Separations separations = new Separations();
    private double loss;
    private Refusal refusal = (by, whom) -> {};

    Wires(Timeline time, Roster roster, NetworkConditions conditions, SplittableRandom random, Trace trace) {
        this.time = time;
        this.roster = roster;
        this.random = random;
        this.bandwidth = new Bandwidth(conditions);
        bandwidth.reach(roster.size());
        this.propagation = new Propagation(conditions);
        this.traffic = new Traffic(roster.size());
        this.trace = trace;
        this.loss = conditions.loss();
    }

    /** Tells somebody of peers that could not be reached. */
    void onRefusal(Refusal newRefusal) {
        refusal = newRefusal;
    }

    void lose(double share) {
        loss = share;
    }

    double loss() {
        return loss;
    }

    Separations separations() {
        return separations;
    }

    Bandwidth bandwidth() {
        return bandwidth;
    }

    Propagation propagation() {
        return propagation;
    }

    Traffic traffic() {
        return traffic;
    }

    Trace trace() {
        return trace;
    }

    /** Whether what one sends now gets to another, loss apart; if the other is not running, that is noticed. */
    boolean passes(int from, int to) {
        if (!separations.isOpen(from, to)) {
            return false;
        }
        if (!roster.isRunning(to)) {
            refusal.refused(from, to);
            return false;
        }
        return true;
    }

    /** As {@link #passes}, but for chance. */
    boolean reaches(int from, int to) {
        return passes(from, to) && !(loss > 0 && random.nextDouble() < loss);
    }

    /** Sends a frame with blocks, as the other. */
    void sendBlocks(int from, int to, int bytes, Runnable arrived) {
        traffic.sentBlocks(bytes);
        send(from, to, bytes, arrived);
    }

    /** Sends a frame, which arrives unless it is lost. */
    void send(int from, int to, int bytes, Runnable arrived) {
        traffic.sent(from, 1, bytes);
        if (!reaches(from, to)) {
            return;
        }
        long sending = bandwidth.sending(from, to, bytes, time.now());
        time.after(sending + propagation.nanos(from, to, random), to, () -> {
            long receiving = bandwidth.receiving(to, bytes, time.now());
            if (receiving == 0) {
                arrive(from, to, bytes, arrived);
            } else {
                time.after(receiving, to, () -> arrive(from, to, bytes, arrived));
            }
        });
    }

    private void arrive(int from, int to, int bytes, Runnable arrived) {
        trace.add(time.now(), from, to, bytes, 0);
        arrived.run();
    }
}
