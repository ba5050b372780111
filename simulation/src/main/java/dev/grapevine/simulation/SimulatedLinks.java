package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.memory.Frame;
import dev.grapevine.comm.memory.NetworkModel;
import dev.grapevine.comm.memory.Place;
import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.simulation.scenario.NetworkConditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is between the peers: latency, bandwidth with queues, loss, and faults that can be switched on and off. See
 * docs/simulation.md for what is modelled and what is not.
 *
 * <p>While peers run, each touches only what is its own here: chance and wire of the sender, wire and trace of the receiver.
 */
final class SimulatedLinks implements NetworkModel {
    /** A clock may run so much fast, and then counts more time than passes, with a little to spare. */
    private static final double FASTEST_CLOCK = 1.02;

    private final VirtualTime world;
    private final NetworkConditions conditions;
    private final Bandwidth bandwidth;
    private final Propagation propagation;
    /** By the numbers of places: the chance of what they send. */
    private final List<RandomGenerator> chances = new ArrayList<>();
    /** By the numbers of places: what they receive. */
    private final List<Trace> traces = new ArrayList<>();

    private final Barriers barriers = new Barriers();
    private double loss;
    private @Nullable Consumer<ByteString> observer;

    SimulatedLinks(VirtualTime world, NetworkConditions conditions) {
        this.world = world;
        this.conditions = conditions;
        this.bandwidth = new Bandwidth(conditions);
        this.propagation = new Propagation(conditions);
        this.loss = conditions.loss();
    }

    /** The least time in which anything gets from one peer to another, by anybody's clock. */
    static Duration lookAhead(NetworkConditions conditions) {
        return Duration.ofNanos((long) (new Propagation(conditions).least() / FASTEST_CLOCK));
    }

    @Override
    public void settled(Place place) {
        chances.add(world.newRandom());
        traces.add(new Trace());
        bandwidth.reach(place.number());
    }

    /** Loses this fraction of the frames that follow a handshake. */
    void lose(double fraction) {
        loss = fraction;
    }

    /** Shows every frame that arrives to somebody. */
    void observe(Consumer<ByteString> newObserver) {
        observer = newObserver;
    }

    /** What keeps frames from passing. */
    Barriers barriers() {
        return barriers;
    }

    /** The hash of everything that has arrived until now. */
    String traceHash() {
        return Trace.hash(traces);
    }

    @Override
    public Duration latency(Place from, Place to, int bytes) {
        long now = world.nanoTime();
        long held = barriers.heldUntil(from.address(), to.address(), now) - now;
        return Duration.ofNanos(held
                + bandwidth.sending(from.number(), to.number(), bytes, now + held)
                + propagation.nanos(from.number(), to.number(), chances.get(from.number())));
    }

    @Override
    public Duration receiving(Place from, Place to, int bytes) {
        return bandwidth.isBounded()
                ? Duration.ofNanos(bandwidth.receiving(to.number(), bytes, world.nanoTime()))
                : Duration.ZERO;
    }

    @Override
    public boolean isReachable(Place from, Place to) {
        return barriers.isOpen(from.address(), to.address());
    }

    @Override
    public boolean loses(Place from, Place to, int bytes) {
        return happens(from, loss);
    }

    @Override
    public boolean duplicates(Place from, Place to, int bytes) {
        return happens(from, conditions.duplication());
    }

    @Override
    public boolean reorders(Place from, Place to, int bytes) {
        return happens(from, conditions.reordering());
    }

    private boolean happens(Place from, double share) {
        return share > 0 && chances.get(from.number()).nextDouble() < share;
    }

    @Override
    public void arrived(Place from, Place to, Frame frame) {
        traces.get(to.number()).add(world.nanoTime(), from.number(), to.number(), frame);
        Consumer<ByteString> watching = observer;
        if (watching != null) {
            world.tell(() -> watching.accept(frame.bytes()));
        }
    }
}
