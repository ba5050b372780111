package dev.grapevine.simulation;

import java.util.HashMap;
import java.util.Map;

/** When the links from one node to others are free. */
final class BusyLinks {
    private static final int FEW = 64;

    private final Map<Integer, Long> busyUntil = new HashMap<>();
    private int many = FEW;

    long busyUntil(int to) {
        return busyUntil.getOrDefault(to, 0L);
    }

    void occupy(int to, long until, long now) {
        busyUntil.put(to, until);
        forgetIdle(now);
    }

    /** A link that has been idle delays nothing; between thousands of nodes there are millions of them. */
    private void forgetIdle(long now) {
        if (busyUntil.size() > many) {
            busyUntil.values().removeIf(until -> until <= now);
            many = Math.max(FEW, 2 * busyUntil.size());
        }
    }
}
