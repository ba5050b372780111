package dev.grapevine.simulation.run;

import dev.grapevine.simulation.fabric.FabricNetwork;
import dev.grapevine.simulation.scenario.Fault;
import dev.grapevine.simulation.scenario.Scenario;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Faults as they happen to the model of a Fabric network. */
final class FabricModelFaults implements FaultInjector.Subject<Integer> {
    private final Scenario scenario;
    private final FabricNetwork network;
    private final Disturbed<Integer> disturbed;

    FabricModelFaults(Scenario scenario, FabricNetwork network, Disturbed<Integer> disturbed) {
        this.scenario = scenario;
        this.network = network;
        this.disturbed = disturbed;
    }

    @Override
    public List<Integer> running() {
        return IntStream.range(0, network.size())
                .filter(network::isRunning)
                .boxed()
                .toList();
    }

    @Override
    public int size() {
        return network.size();
    }

    @Override
    public void in(Duration delay, Runnable task) {
        network.in(delay, task);
    }

    @Override
    public Runnable suffer(Fault fault, List<Integer> victims) {
        return switch (fault.kind()) {
            case CRASH -> crash(victims);
            case PARTITION -> partition(fault, victims);
            case CUT_OFF -> cutOff(victims);
            case LOSS -> lose(fault);
            case CLOG, SLOW, BREAK_STREAMS ->
                throw new IllegalStateException(fault + " is refused by FabricModelScope");
        };
    }

    private Runnable crash(List<Integer> victims) {
        disturbed.down(victims);
        victims.forEach(network::crash);
        return () -> {
            victims.forEach(network::start);
            disturbed.recovering(victims);
        };
    }

    private Runnable partition(Fault fault, List<Integer> victims) {
        disturbed.apart(victims);
        Runnable heal = network.separate(set(victims), fault.direction());
        return () -> {
            heal.run();
            disturbed.recovering(victims);
        };
    }

    private Runnable cutOff(List<Integer> victims) {
        network.cutOffFromOrdering(set(victims));
        return () -> network.cutOffFromOrdering(new BitSet());
    }

    private Runnable lose(Fault fault) {
        network.lose(fault.share());
        return () -> network.lose(scenario.network().loss());
    }

    private static BitSet set(List<Integer> peers) {
        BitSet set = new BitSet();
        peers.forEach(set::set);
        return set;
    }
}
