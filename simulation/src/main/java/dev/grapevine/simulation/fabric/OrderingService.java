package dev.grapevine.simulation.fabric;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What has been ordered, and who cannot come and get it. It is two milliseconds away from everybody. */
final class OrderingService {
    static final long LATENCY = 2_000_000;

    private final List<Runnable> listeners = new ArrayList<>();
    private BitSet cutOff = new BitSet();
    private int height = 1;

    int height() {
        return height;
    }

    boolean isReachable(int peer) {
        return !cutOff.get(peer);
    }

    void onOrder(Runnable listener) {
        listeners.add(listener);
    }

    void order() {
        height++;
        listeners.forEach(Runnable::run);
    }

    /** These peers cannot reach it from now on, and all others can. */
    void cutOff(BitSet peers) {
        cutOff = peers;
        listeners.forEach(Runnable::run);
    }
}
