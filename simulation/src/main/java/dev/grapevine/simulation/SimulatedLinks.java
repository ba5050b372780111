package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.memory.NetworkModel;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.time.VirtualTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A local network with faults that can be switched on and off: loss, partitions, cut-off nodes. It keeps a running hash of all
 * that arrives, and when: two runs are the same if and only if their hashes are.
 */
final class SimulatedLinks implements NetworkModel {
    private final VirtualTime world;
    private final RandomGenerator random;
    private final Duration latency;
    private final Duration jitter;
    private final MessageDigest trace;
    private final Set<String> oneSide = new HashSet<>();
    private double loss;
    private Consumer<ByteString> observer = frame -> {};

    SimulatedLinks(VirtualTime world, Duration latency, Duration jitter) {
        this.world = world;
        this.random = world.newRandom();
        this.latency = latency;
        this.jitter = jitter;
        try {
            this.trace = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Loses this fraction of the frames that follow a handshake. */
    void lose(double fraction) {
        loss = fraction;
    }

    /** Shows every frame that arrives to somebody. */
    void observe(Consumer<ByteString> newObserver) {
        observer = newObserver;
    }

    /** Separates these nodes from all others. */
    void partition(Set<String> addresses) {
        oneSide.clear();
        oneSide.addAll(addresses);
    }

    /** Ends the partition. */
    void heal() {
        oneSide.clear();
    }

    /** The hash of everything that has arrived until now. */
    String traceHash() {
        try {
            return Hex.of(ByteString.copyFrom(((MessageDigest) trace.clone()).digest()));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
        }
    }

    @Override
    public Duration latency(String from, String to, int bytes) {
        return latency.plusNanos((long) (random.nextDouble() * jitter.toNanos()));
    }

    @Override
    public boolean isReachable(String from, String to) {
        return oneSide.contains(from) == oneSide.contains(to);
    }

    @Override
    public boolean loses(String from, String to, int bytes) {
        return loss > 0 && random.nextDouble() < loss;
    }

    @Override
    public void arrived(String from, String to, ByteString frame) {
        trace.update(ByteBuffer.allocate(Long.BYTES).putLong(0, world.nanoTime()));
        trace.update((from + ">" + to).getBytes(StandardCharsets.UTF_8));
        frame.asReadOnlyByteBufferList().forEach(trace::update);
        observer.accept(frame);
    }
}
