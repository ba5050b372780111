package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.simulation.Trace;
import dev.grapevine.simulation.scenario.Fault.Direction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class EpidemicTest {
    private static final int SIZE = 1_000;
    private static final int BYTES = 100;

    private final Roster roster = new Roster(SIZE, 1);
    private final Membership membership = new Membership(SIZE);
    private final List<Integer> times = new ArrayList<>();

    private Wires wires(String network) {
        Timeline time = new Timeline(new VirtualTime(1), roster);
        return new Wires(time, roster, TestNetwork.scenario(network).network(), new SplittableRandom(5), new Trace());
    }

    private Surroundings around(Wires wires) {
        Identities identities = new Identities(roster);
        for (int peer = 0; peer < SIZE; peer++) {
            roster.started(peer, 1);
            for (int other = 0; other < SIZE; other++) {
                membership.learn(peer, other, 1, 1);
            }
        }
        return new Surroundings(
                new Timeline(new VirtualTime(1), roster),
                roster,
                wires,
                new Choice(SIZE, new SplittableRandom(6)),
                new EmitterRounds(SIZE, new SplittableRandom(7)),
                identities,
                membership,
                new SplittableRandom(8));
    }

    private int spread(Wires wires, boolean forwarded) {
        return new Epidemic(around(wires), membership.alive(), 0).spread(0, BYTES, new Epidemic.Rumour() {
            @Override
            public boolean reached(int peer, int millis) {
                times.add(millis);
                return forwarded;
            }

            @Override
            public IntPredicate audience(int forwarder) {
                return peer -> true;
            }
        });
    }

    @Test
    void reachesAbout94PercentWithFanOutThreeAndEachForwardsToThree() {
        Wires wires = wires("network: {latency: 20ms, jitter: 10ms}");

        int reached = spread(wires, true);

        assertThat(reached).isBetween(910, 970);
        assertThat(wires.traffic().frames()).isBetween(3L * reached - 30, 3L * reached + 3);
        assertThat(wires.traffic().bytes(0)).isEqualTo(3 * BYTES);
    }

    @Test
    void takesLatencyAndEmittersRoundsForEachHop() {
        spread(wires("network: {latency: 20ms, jitter: 10ms}"), true);

        assertThat(times).allMatch(millis -> millis > 10 && millis < 500);
        double mean = times.stream().mapToInt(Integer::intValue).average().orElse(0);
        // Seven hops or so, of those who are fastest: less than 25 ms each.
        assertThat(mean).isBetween(80.0, 170.0);
    }

    @Test
    void stopsWhereNobodyForwards() {
        assertThat(spread(wires("network: {latency: 20ms}"), false)).isEqualTo(3);
    }

    @Test
    void lossMakesItReachFewer() {
        assertThat(spread(wires("network: {latency: 20ms, loss: 50%}"), true)).isBetween(300, 800);
    }

    @Test
    void doesNotPassSeparationsAndTellsOfWhoDoesNotRun() {
        Wires wires = wires("network: {latency: 20ms}");
        List<Integer> refused = new ArrayList<>();
        wires.onRefusal((by, whom) -> refused.add(whom));
        Surroundings around = around(wires);
        BitSet inside = new BitSet();
        inside.set(0, 500);
        wires.separations().add(inside, Direction.BOTH);
        roster.crashed(7);

        int reached = new Epidemic(around, membership.alive(), 0).spread(0, BYTES, new Epidemic.Rumour() {
            @Override
            public boolean reached(int peer, int millis) {
                assertThat(peer).isBetween(1, 499).isNotEqualTo(7);
                return true;
            }

            @Override
            public IntPredicate audience(int forwarder) {
                return peer -> peer < 600;
            }
        });

        assertThat(reached).isBetween(300, 498);
        assertThat(refused).isNotEmpty().containsOnly(7);
    }
}
