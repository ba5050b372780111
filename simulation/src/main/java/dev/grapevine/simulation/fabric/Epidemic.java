package dev.grapevine.simulation.fabric;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Follows one small message from its emission to its last copy in one go: a peer to which it is new forwards it to three random
 * ones in its emitter's next round, and forgets it (infect and die). All it writes down is when whom it reached. That is some
 * milliseconds before the world's time gets there, which nobody notices: what is reached are tables of times.
 */
final class Epidemic {
    /** A message. */
    interface Rumour {
        /** A peer has it for the first time; returns whether it forwards it. */
        boolean reached(int peer, int millis);

        /** To whom a peer may forward it. */
        IntPredicate audience(int forwarder);
    }

    private static final long NOT_REACHED = Long.MAX_VALUE;
    private static final int ORIGIN = -1;
    private static final int BITS = 20;
    private static final int MASK = (1 << BITS) - 1;
    private static final double SCALE = 1.0 / (1 << BITS);

    private final Timeline time;
    private final Surroundings around;
    private final Wires wires;
    private final Choice choice;
    private final BitMatrix audience;
    private final SplittableRandom random;
    private final long verification;
    private final TimeWheel wheel;
    private final long[] arrivals;
    private final int[] sources;

    /**
     * @param audience whom each peer forwards to, at most
     * @param verification what checking the message costs each peer, in nanoseconds
     */
    Epidemic(Surroundings around, BitMatrix audience, long verification) {
        int size = around.roster().size();
        this.time = around.time();
        this.around = around;
        this.wires = around.wires();
        this.choice = around.choice();
        this.audience = audience;
        this.random = around.random();
        this.verification = verification;
        this.wheel = new TimeWheel(
                FabricTimers.BURST_LATENCY + wires.propagation().most() + verification,
                size * FabricLimits.PUSHED_TO + 1);
        this.arrivals = new long[size];
        this.sources = new int[size];
    }

    /** One message on its way. */
    private record Wave(Rumour rumour, int bytes, long transmission, long begin) {}

    /** Lets a message go round; returns how many peers it has reached. */
    int spread(int origin, int bytes, Rumour rumour) {
        long begin = time.now();
        Wave wave = new Wave(rumour, bytes, wires.bandwidth().transmission(bytes), begin);
        Arrays.fill(arrivals, NOT_REACHED);
        arrivals[origin] = begin;
        sources[origin] = ORIGIN;
        wheel.start(begin);
        int frames = forward(origin, begin, wave);
        int reached = 0;
        long last = begin;
        while (wheel.next()) {
            int peer = wheel.peer();
            long arrival = wheel.moment();
            if (arrival != arrivals[peer]) {
                continue;
            }
            reached++;
            last = Math.max(last, arrival);
            if (rumour.reached(peer, Timeline.millis(arrival))) {
                frames += forward(peer, arrival + verification, wave);
            }
        }
        wires.traffic().arrived(frames);
        wires.trace().add(last, origin, ORIGIN, frames, reached);
        return reached;
    }

    /** A peer sends the message in its next round to all it chooses but the one it has it from; returns to how many. */
    private int forward(int from, long gathered, Wave wave) {
        int count = choice.choose(
                audience, from, FabricLimits.PUSHED_TO, wave.rumour().audience(from));
        if (count == 0) {
            return 0;
        }
        long round = around.rounds().next(from, gathered);
        int[] chosen = choice.chosen();
        int sent = 0;
        for (int index = 0; index < count; index++) {
            if (chosen[index] != sources[from]) {
                send(from, chosen[index], round, wave);
                sent++;
            }
        }
        wires.traffic().sent(from, sent, sent * wave.bytes());
        return sent;
    }

    private void send(int from, int to, long round, Wave wave) {
        long chance = random.nextLong();
        if (!wires.passes(from, to) || fraction(chance) < wires.loss()) {
            return;
        }
        wires.bandwidth().share(from, to, wave.transmission(), wave.begin());
        around.identities().meet(from, to);
        long arrival = round + wave.transmission() + wires.propagation().nanos(from, to, fraction(chance >>> BITS));
        if (arrival < arrivals[to]) {
            arrivals[to] = arrival;
            sources[to] = from;
            wheel.add(to, arrival);
        }
    }

    /** The lowest bits as a number from 0 to 1. */
    private static double fraction(long chance) {
        return (chance & MASK) * SCALE;
    }
}
