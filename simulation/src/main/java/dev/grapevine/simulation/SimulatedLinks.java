package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.memory.Frame;
import dev.grapevine.comm.memory.NetworkModel;
import dev.grapevine.comm.memory.Place;
import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.simulation.scenario.NetworkConditions;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What is between the peers: latency, bandwidth with queues, loss, and faults that can be switched on and off. See
 * docs/simulation.md for what is modelled and what is not.
 */
final class SimulatedLinks implements NetworkModel {
    private final VirtualTime world;
    private final RandomGenerator random;
    private final NetworkConditions conditions;
    private final Bandwidth bandwidth;
    private final Propagation propagation;
    private final Trace trace = new Trace();
    private final Barriers barriers = new Barriers();
    private double loss;
    private Consumer<ByteString> observer = frame -> {};

    SimulatedLinks(VirtualTime world, NetworkConditions conditions) {
        this.world = world;
        this.random = world.newRandom();
        this.conditions = conditions;
        this.bandwidth = new Bandwidth(conditions);
        this.propagation = new Propagation(conditions);
        this.loss = conditions.loss();
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
        return trace.hash();
    }

    @Override
    public Duration latency(Place from, Place to, int bytes) {
        long now = world.nanoTime();
        long held = barriers.heldUntil(from.address(), to.address(), now) - now;
        return Duration.ofNanos(held
                + bandwidth.sending(from.number(), to.number(), bytes, now + held)
                + propagation.nanos(from.number(), to.number(), random));
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
        return happens(loss);
    }

    @Override
    public boolean duplicates(Place from, Place to, int bytes) {
        return happens(conditions.duplication());
    }

    @Override
    public boolean reorders(Place from, Place to, int bytes) {
        return happens(conditions.reordering());
    }

    private boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    @Override
    public void arrived(Place from, Place to, Frame frame) {
        trace.add(world.nanoTime(), from.number(), to.number(), frame);
        observer.accept(frame.bytes());
    }
}
