package dev.grapevine.simulation.run;

import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import dev.grapevine.simulation.scenario.Fault;
import dev.grapevine.simulation.scenario.Scenario;
import java.time.Duration;
import java.util.List;

/** Faults as they happen to a network of the production classes. */
final class NetworkFaults implements FaultInjector.Subject<SimulatedPeer> {
    private final Scenario scenario;
    private final SimulatedNetwork network;
    private final Disturbed<SimulatedPeer> disturbed;

    NetworkFaults(Scenario scenario, SimulatedNetwork network, Disturbed<SimulatedPeer> disturbed) {
        this.scenario = scenario;
        this.network = network;
        this.disturbed = disturbed;
    }

    @Override
    public List<SimulatedPeer> running() {
        return network.running();
    }

    @Override
    public int size() {
        return network.peers().size();
    }

    @Override
    public void in(Duration delay, Runnable task) {
        network.in(delay, task);
    }

    @Override
    public Runnable suffer(Fault fault, List<SimulatedPeer> victims) {
        return switch (fault.kind()) {
            case CRASH -> crash(fault, victims);
            case PARTITION -> partition(fault, victims);
            case CLOG -> clog(fault, victims);
            case SLOW -> slow(fault, victims);
            case CUT_OFF -> cutOff(victims);
            case LOSS -> lose(fault);
            case BREAK_STREAMS -> breakStreams(victims);
        };
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
