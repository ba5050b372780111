package dev.grapevine.simulation.run;

import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import dev.grapevine.simulation.scenario.Fault;
import dev.grapevine.simulation.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Lets the faults of a scenario happen, and end. Faults of one time and share hit the same peers. */
final class FaultInjector {
    private final Scenario scenario;
    private final SimulatedNetwork network;
    private final Disturbed disturbed;
    private final long seed;
    private final List<Incident> incidents = new ArrayList<>();
    private final Map<Fault, Runnable> underWay = new LinkedHashMap<>();

    FaultInjector(Scenario scenario, SimulatedNetwork network, Disturbed disturbed, long seed) {
        this.scenario = scenario;
        this.network = network;
        this.disturbed = disturbed;
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
            network.in(fault.at(), () -> happen(fault));
            network.in(until, () -> end(fault));
        }
    }

    List<Incident> incidents() {
        return incidents;
    }

    private void happen(Fault fault) {
        List<SimulatedPeer> victims = victims(fault);
        Runnable end = switch (fault.kind()) {
            case CRASH -> crash(fault, victims);
            case PARTITION -> partition(fault, victims);
            case CLOG -> clog(fault, victims);
            case SLOW -> slow(fault, victims);
            case CUT_OFF -> cutOff(victims);
            case LOSS -> lose(fault);
            case BREAK_STREAMS -> breakStreams(victims);
        };
        underWay.put(fault, end);
    }

    private void end(Fault fault) {
        Runnable end = underWay.remove(fault);
        if (end != null) {
            end.run();
        }
    }

    /** Of the running peers, as many as the share of all says, but never all of them. */
    private List<SimulatedPeer> victims(Fault fault) {
        List<SimulatedPeer> shuffled = new ArrayList<>(network.running());
        Collections.shuffle(shuffled, new Random(seed ^ fault.at().toNanos()));
        int count = (int) Math.round(fault.share() * network.peers().size());
        return shuffled.subList(0, Math.min(count, shuffled.size() - 1));
    }

    private Runnable crash(Fault fault, List<SimulatedPeer> victims) {
        disturbed.down(victims);
        victims.forEach(network::crash);
        return () -> {
            for (SimulatedPeer victim : victims) {
                if (fault.disk() == Fault.Disk.LOST) {
                    victim.loseDisk();
                }
                victim.start();
            }
            disturbed.recovering(victims);
        };
    }

    private Runnable partition(Fault fault, List<SimulatedPeer> victims) {
        disturbed.apart(victims);
        Runnable heal = network.separate(victims, fault.direction());
        return () -> {
            heal.run();
            disturbed.recovering(victims);
        };
    }

    private Runnable clog(Fault fault, List<SimulatedPeer> victims) {
        disturbed.apart(victims);
        Duration lasting = fault.lasting().isZero() ? scenario.duration().minus(fault.at()) : fault.lasting();
        network.clog(victims, lasting);
        return () -> disturbed.recovering(victims);
    }

    private Runnable slow(Fault fault, List<SimulatedPeer> victims) {
        victims.forEach(peer -> peer.slowDown(fault.task()));
        return () -> victims.stream()
                .filter(SimulatedPeer::isRunning)
                .forEach(peer -> peer.slowDown(peer.traits().task()));
    }

    private Runnable cutOff(List<SimulatedPeer> victims) {
        network.cutOffFromOrdering(victims);
        return () -> network.cutOffFromOrdering(List.of());
    }

    private Runnable lose(Fault fault) {
        network.lose(fault.share());
        return () -> network.lose(scenario.network().loss());
    }

    private Runnable breakStreams(List<SimulatedPeer> victims) {
        network.breakStreams(victims);
        return () -> {};
    }
}
