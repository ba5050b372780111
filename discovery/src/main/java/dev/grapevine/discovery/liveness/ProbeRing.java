package dev.grapevine.discovery.liveness;

import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who probes whom. All peers stand on a ring in the order of their PKI-IDs, which are hashes and so at random. Each probes
 * those 1, 2, 3, 4, 8, 16, ... places after it.
 *
 * <p>SWIM probes everybody in random order; here each peer has few neighbours, so few links, however many peers there are,
 * and each is probed by so many others at even distances that none waits long for its next probe. As the steps are powers
 * of two a rumour passed on to neighbours reaches everybody in about as many steps as among random peers.
 */
final class ProbeRing {
    private static final int NEAREST = 3;

    private final PkiId self;
    private final List<PkiId> others = new ArrayList<>();

    /** Found when first asked for after somebody came or went. */
    private @Nullable Near near;

    private record Near(List<PkiId> targets, List<PkiId> neighbours) {}

    ProbeRing(PkiId self) {
        this.self = self;
    }

    PkiId self() {
        return self;
    }

    void add(PkiId peer) {
        int place = Collections.binarySearch(others, peer);
        if (place < 0 && !peer.equals(self)) {
            others.add(-place - 1, peer);
            near = null;
        }
    }

    void remove(PkiId peer) {
        int place = Collections.binarySearch(others, peer);
        if (place >= 0) {
            others.remove(place);
            near = null;
        }
    }

    boolean contains(PkiId peer) {
        return Collections.binarySearch(others, peer) >= 0;
    }

    /** How many stand on the ring, ourselves included. */
    int size() {
        return others.size() + 1;
    }

    /** Whom we probe. */
    List<PkiId> targets() {
        return near().targets();
    }

    /** Those we probe and those who probe us, each once. */
    List<PkiId> neighbours() {
        return near().neighbours();
    }

    private Near near() {
        if (near == null) {
            List<PkiId> targets = at(1);
            List<PkiId> all = new ArrayList<>(targets);
            at(-1).stream().filter(peer -> !targets.contains(peer)).forEach(all::add);
            near = new Near(targets, List.copyOf(all));
        }
        return near;
    }

    private List<PkiId> at(int direction) {
        int after = -Collections.binarySearch(others, self) - 1;
        List<PkiId> found = new ArrayList<>();
        for (int distance = 1;
                distance <= others.size();
                distance = distance < NEAREST ? distance + 1 : next(distance)) {
            found.add(others.get(Math.floorMod(after + direction * distance - (direction > 0 ? 1 : 0), others.size())));
        }
        return List.copyOf(found);
    }

    private static int next(int distance) {
        return Integer.highestOneBit(distance) << 1;
    }
}
