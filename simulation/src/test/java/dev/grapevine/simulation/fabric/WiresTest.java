package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.simulation.Trace;
import dev.grapevine.simulation.scenario.Fault.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WiresTest {
    private static final int BLOCK = 125_000;

    private final VirtualTime world = new VirtualTime(1);
    private final Roster roster = new Roster(3, 1);
    private final Timeline time = new Timeline(world, roster);
    private final List<Integer> arrivals = new ArrayList<>();

    private Wires wires(String network) {
        for (int peer = 0; peer < 3; peer++) {
            roster.started(peer, 1);
        }
        return new Wires(
                time,
                roster,
                TestNetwork.scenario("network: {" + network + "}").network(),
                new SplittableRandom(2),
                new Trace());
    }

    private void send(Wires wires, int to, int bytes) {
        wires.send(0, to, bytes, () -> arrivals.add(time.millis() - 1));
    }

    private void pass() {
        world.runFor(Duration.ofSeconds(1));
    }

    @Test
    void aFrameTakesItsLatency() {
        send(wires("latency: 20ms"), 1, BLOCK);
        pass();

        assertThat(arrivals).containsExactly(20);
    }

    @Test
    void largeFramesQueueOnTheSendersWire() {
        Wires wires = wires("latency: 20ms, node-bandwidth: 100Mbit");
        send(wires, 1, BLOCK);
        send(wires, 2, BLOCK);
        pass();

        assertThat(arrivals).containsExactly(30, 40);
    }

    @Test
    void smallMessagesTakeTheirShareOfIt() {
        Wires wires = wires("latency: 20ms, node-bandwidth: 100Mbit");
        wires.bandwidth().share(0, 2, 5_000_000, time.now());
        send(wires, 1, BLOCK);
        pass();

        assertThat(arrivals).containsExactly(35);
    }

    @Test
    void countsWhatIsSentWhetherItArrivesOrNot() {
        Wires wires = wires("loss: 50%");
        for (int frame = 0; frame < 1_000; frame++) {
            wires.sendBlocks(0, 1, 10, () -> arrivals.add(1));
        }
        pass();

        assertThat(arrivals).hasSizeBetween(430, 570);
        assertThat(wires.traffic().bytes(0)).isEqualTo(10_000);
        assertThat(wires.traffic().frames()).isEqualTo(1_000);
        assertThat(wires.traffic().blockBytes()).isEqualTo(10_000);
    }

    @Test
    void nothingPassesASeparation() {
        Wires wires = wires("latency: 1ms");
        BitSet inside = new BitSet();
        inside.set(1);
        wires.separations().add(inside, Direction.BOTH);
        send(wires, 1, 10);
        send(wires, 2, 10);
        pass();

        assertThat(arrivals).hasSize(1);
    }

    @Test
    void whoDoesNotRunIsToldOf() {
        Wires wires = wires("latency: 1ms");
        List<Integer> refused = new ArrayList<>();
        wires.onRefusal((by, whom) -> refused.add(whom));
        roster.crashed(1);
        send(wires, 1, 10);
        pass();

        assertThat(arrivals).isEmpty();
        assertThat(refused).containsExactly(1);
    }
}
