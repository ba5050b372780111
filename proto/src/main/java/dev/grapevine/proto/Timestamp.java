package dev.grapevine.proto;

import org.hyperledger.fabric.protos.gossip.PeerTime;

/**
 * Logical time of a peer's messages: an incarnation (nanoseconds since the epoch when the peer started) and a sequence
 * number within it. Both are unsigned 64-bit numbers.
 */
public record Timestamp(long incarnation, long sequence) implements Comparable<Timestamp> {
    /** The timestamp of a message as it came over the wire. */
    public static Timestamp of(PeerTime time) {
        return new Timestamp(time.getIncNum(), time.getSeqNum());
    }

    /** The wire form. */
    public PeerTime toWire() {
        return PeerTime.newBuilder().setIncNum(incarnation).setSeqNum(sequence).build();
    }

    /** Whether this one was made after {@code other}: a larger incarnation, or the same with a larger sequence number. */
    public boolean isNewerThan(Timestamp other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Timestamp other) {
        int byIncarnation = Long.compareUnsigned(incarnation, other.incarnation);
        return byIncarnation != 0 ? byIncarnation : Long.compareUnsigned(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(incarnation) + "/" + Long.toUnsignedString(sequence);
    }
}
