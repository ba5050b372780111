package dev.grapevine.comm.memory;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Optional;

/**
 * How a network behaves between two addresses, asked anew for every frame: so a model may change as time goes by.
 * A place has the address its transport was made with.
 */
public interface NetworkModel {
    /** How long {@code bytes} take on their way. Frames of one stream stay in order whatever this says. */
    Duration latency(Place from, Place to, int bytes);

    /** Somebody has a place from now on; told once of each, while no node does anything, before anything is asked about it. */
    default void settled(Place place) {}

    /** Whether anything passes; while not, frames vanish, dials time out, and no end of a stream is noticed. */
    default boolean isReachable(Place from, Place to) {
        return true;
    }

    /** Whether this frame is lost; asked only of streams whose sender has shaken hands. */
    default boolean loses(Place from, Place to, int bytes) {
        return false;
    }

    /** Whether this frame arrives twice; asked as {@link #loses} is. */
    default boolean duplicates(Place from, Place to, int bytes) {
        return false;
    }

    /** Whether later frames of its stream may overtake this one; asked as {@link #loses} is. */
    default boolean reorders(Place from, Place to, int bytes) {
        return false;
    }

    /** How long a frame that has got to its receiver's network waits before the receiver has it. */
    default Duration receiving(Place from, Place to, int bytes) {
        return Duration.ZERO;
    }

    /** The TLS certificate hash that {@code to} sees instead of that of {@code from}: a man in the middle. */
    default Optional<ByteString> interceptedTlsHash(Place from, Place to) {
        return Optional.empty();
    }

    /** A frame arrives: for counting, tracing and hashing a run. */
    default void arrived(Place from, Place to, Frame frame) {}

    /** A network without faults. */
    static NetworkModel steady(Duration latency) {
        return (from, to, bytes) -> latency;
    }
}
