package dev.grapevine.interop.lab;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Who leads an organisation, by the peers' own metrics. */
public final class Leadership {
    /**
     * Within this an organisation has one leader again: Fabric's {@code leaderAliveThreshold} (10 s), a check in each half of it,
     * {@code leaderElectionDuration} (5 s), and for a peer that has just started the {@code startupGracePeriod} (15 s).
     */
    public static final Duration BOUND = Duration.ofSeconds(40);

    private static final Duration TWO_DECLARATIONS = Duration.ofSeconds(10);

    private Leadership() {}

    public static List<? extends LabPeer> leaders(List<? extends LabPeer> peers) {
        return peers.stream().filter(LabPeer::leads).toList();
    }

    /** Waits until exactly one of them leads; which. */
    public static LabPeer awaitOne(List<? extends LabPeer> peers) {
        Await.until(BOUND, "one leader among " + peers, () -> leaders(peers).size() == 1);
        return leaders(peers).get(0);
    }

    /** Waits until this one alone leads among them; how long that took. */
    public static Duration await(LabPeer leader, List<? extends LabPeer> peers) {
        return Await.until(BOUND, leader + " leads alone", () -> leaders(peers).equals(List.of(leader)));
    }

    /**
     * Waits until this one alone has led among them for two declarations (5 s each). Who has just started may lead for the
     * moment between two of them, in Fabric too.
     */
    public static Duration awaitSettled(LabPeer leader, List<? extends LabPeer> peers) {
        AtomicLong since = new AtomicLong(System.nanoTime());
        return Await.until(BOUND, leader + " goes on leading alone", () -> {
            if (!leaders(peers).equals(List.of(leader))) {
                since.set(System.nanoTime());
            }
            return System.nanoTime() - since.get() > TWO_DECLARATIONS.toNanos();
        });
    }
}
