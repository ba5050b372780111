package dev.grapevine.channel.spread;

import java.util.ArrayList;
import java.util.List;

/** The parts of the ring for which we answer for one block. */
final class AnsweredParts {
    private static final int MOST = 16;

    private final List<Part> parts = new ArrayList<>();

    /** Of a sparse part, hardly anybody was looked at. */
    private record Part(RingInterval interval, boolean sparse) {
        boolean covers(RingInterval other, boolean sparsely) {
            return interval.covers(other) && (sparsely || !sparse);
        }
    }

    /** Adds a part; false if we answer for all of it already, or for so many that we take no more. */
    boolean add(RingInterval interval, boolean sparse) {
        if (parts.size() >= MOST || parts.stream().anyMatch(part -> part.covers(interval, sparse))) {
            return false;
        }
        parts.add(new Part(interval, sparse));
        return true;
    }
}
