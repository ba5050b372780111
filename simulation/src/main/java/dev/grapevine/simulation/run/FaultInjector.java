package dev.grapevine.simulation.run;

import dev.grapevine.simulation.scenario.Fault;
import dev.grapevine.simulation.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Lets the faults of a scenario happen, and end. Faults of one time and share hit the same peers.
 *
 * @param <P> a peer
 */
final class FaultInjector<P> {
    /**
     * What faults happen to.
     *
     * @param <P> a peer
     */
    interface Subject<P> {
        /** The peers that run, in an order that depends on nothing else. */
        List<P> running();

        /** How many peers there are. */
        int size();

        /** Has something happen later. */
        void in(Duration delay, Runnable task);

        /** Lets a fault happen to these peers; returns what ends it. */
        Runnable suffer(Fault fault, List<P> victims);
    }

    private final Scenario scenario;
    private final Subject<P> subject;
    private final long seed;
    private final List<Incident> incidents = new ArrayList<>();
    private final Map<Fault, Runnable> underWay = new LinkedHashMap<>();

    FaultInjector(Scenario scenario, Subject<P> subject, long seed) {
        this.scenario = scenario;
        this.subject = subject;
        this.seed = seed;
    }

    /** Plans all faults, counted from now. */
    void begin() {
        List<Fault> faults = new ArrayList<>(scenario.faults());
        faults.addAll(ChanceFaults.of(scenario, seed));
        for (Fault fault : faults) {
            Duration until =
                    fault.lasting().isZero() ? scenario.duration() : fault.at().plus(fault.lasting());
            incidents.add(new Incident(fault.toString(), fault.at(), until));
            subject.in(fault.at(), () -> underWay.put(fault, subject.suffer(fault, victims(fault))));
            subject.in(until, () -> end(fault));
        }
    }

    List<Incident> incidents() {
        return incidents;
    }

    private void end(Fault fault) {
        Runnable end = underWay.remove(fault);
        if (end != null) {
            end.run();
        }
    }

    /** Of the running peers, as many as the share of all says, but never all of them. */
    private List<P> victims(Fault fault) {
        List<P> shuffled = new ArrayList<>(subject.running());
        Collections.shuffle(shuffled, new Random(seed ^ fault.at().toNanos()));
        int count = (int) Math.round(fault.share() * subject.size());
        return shuffled.subList(0, Math.min(count, shuffled.size() - 1));
    }
}
