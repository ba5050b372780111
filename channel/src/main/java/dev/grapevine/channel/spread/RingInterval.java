package dev.grapevine.channel.spread;

import dev.grapevine.proto.extension.Route;

/**
 * A part of the ring on which the peers are placed ({@link PeerRing}): the places from {@code first} on, as unsigned numbers, of which the first
 * follows the last.
 *
 * @param length of it, unsigned; so it can be the whole ring but one place
 */
record RingInterval(long first, long length) {
    static final RingInterval NONE = new RingInterval(0, 0);

    static RingInterval of(Route route) {
        return new RingInterval(route.getFirst(), route.getLength());
    }

    /** The whole ring but one place. */
    static RingInterval allBut(long place) {
        return new RingInterval(place + 1, -1);
    }

    /** The whole ring from a place on, but the last place before it. */
    static RingInterval allFrom(long place) {
        return new RingInterval(place, -1);
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean contains(long place) {
        return Long.compareUnsigned(distance(place), length) < 0;
    }

    /** How far into the interval a place is. */
    long distance(long place) {
        return place - first;
    }

    /** Whether all of another is in this one; everything is in the whole ring but one place, whose peer is handing it out. */
    boolean covers(RingInterval other) {
        return length == -1
                || (Long.compareUnsigned(other.length, length) <= 0
                        && Long.compareUnsigned(distance(other.first), length - other.length) <= 0);
    }

    /** What comes before a place in it. */
    RingInterval before(long place) {
        return new RingInterval(first, distance(place));
    }

    /** What comes behind a place in it. */
    RingInterval behind(long place) {
        return new RingInterval(place + 1, length - distance(place) - 1);
    }

    Route.Builder route(boolean sparse) {
        return Route.newBuilder().setFirst(first).setLength(length).setSparse(sparse);
    }
}
