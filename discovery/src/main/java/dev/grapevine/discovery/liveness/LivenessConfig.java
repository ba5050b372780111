package dev.grapevine.discovery.liveness;

import java.time.Duration;

/**
 * How fast and how calmly failures among Grapevine peers are noticed. The names in parentheses are memberlist's; formulas are
 * the same. In them {@code n} is the number of peers, ourselves included.
 *
 * @param probeInterval between two probes of ours, and how long one may take until its target is suspected (ProbeInterval);
 *     shorter finds failures sooner for more traffic and less patience
 * @param probeTimeout for the answer to a direct probe, before others are asked to probe too (ProbeTimeout); a little more
 *     than the slowest round trip that is normal
 * @param indirectProbes how many others are asked to probe whoever does not answer us (IndirectChecks); more survive worse
 *     links
 * @param suspicionMultiplier of the shortest suspicion, {@code multiplier * max(1, log10(n)) * probeInterval}
 *     (SuspicionMult); longer gives a slow peer more time to refute. Two less is how many others must confirm a suspicion
 *     to shorten it to that
 * @param suspicionMaxMultiplier times the shortest, the suspicion nobody confirms (SuspicionMaxTimeoutMult)
 * @param awarenessMaximum bound of the multiplier by which a peer that has reason to doubt itself stretches its own probes
 *     (AwarenessMaxMultiplier)
 * @param retransmitMultiplier of how often a peer passes a rumour on, {@code multiplier * ceil(log10(n + 1))}
 *     (RetransmitMult)
 * @param gossipInterval between two rounds of rumours while there are any (GossipInterval)
 * @param gossipPeers how many peers a round goes to (GossipNodes)
 */
public record LivenessConfig(
        Duration probeInterval,
        Duration probeTimeout,
        int indirectProbes,
        int suspicionMultiplier,
        int suspicionMaxMultiplier,
        int awarenessMaximum,
        int retransmitMultiplier,
        Duration gossipInterval,
        int gossipPeers) {
    private static final String KEY = "peer.gossip.liveness.";
    private static final int SUSPICION_LEAST = 2;

    /** @throws IllegalArgumentException naming what is wrong and what would be right */
    public LivenessConfig {
        positive("probeInterval", probeInterval);
        positive("probeTimeout", probeTimeout);
        positive("gossipInterval", gossipInterval);
        if (probeTimeout.compareTo(probeInterval) >= 0) {
            throw wrong(
                    "probeTimeout",
                    probeTimeout,
                    "shorter than probeInterval (" + probeInterval + "), half of it is good");
        }
        atLeast("indirectProbes", indirectProbes, 0);
        atLeast("suspicionMultiplier", suspicionMultiplier, SUSPICION_LEAST);
        atLeast("suspicionMaxMultiplier", suspicionMaxMultiplier, 1);
        atLeast("awarenessMaximum", awarenessMaximum, 1);
        atLeast("retransmitMultiplier", retransmitMultiplier, 1);
        atLeast("gossipPeers", gossipPeers, 1);
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw wrong(key, value, "more than zero");
        }
    }

    private static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw wrong(key, value, "at least " + least);
        }
    }

    private static IllegalArgumentException wrong(String key, Object value, String right) {
        return new IllegalArgumentException(KEY + key + " is " + value + "; it must be " + right);
    }

    /**
     * One data centre, or a few near each other: memberlist's LAN preset at twice the pace (its probes are a second apart),
     * which the bound of five seconds for a silent peer among sixteen asks for.
     */
    public static LivenessConfig lan() {
        return new LivenessConfig(
                Duration.ofMillis(500), Duration.ofMillis(250), 3, 4, 6, 8, 4, Duration.ofMillis(200), 3);
    }

    /** Round trips of some hundred milliseconds: memberlist's WAN preset. */
    public static LivenessConfig wan() {
        return new LivenessConfig(
                Duration.ofSeconds(5), Duration.ofSeconds(3), 3, 6, 6, 8, 4, Duration.ofMillis(500), 4);
    }

    /** All on one machine: memberlist's local preset. */
    public static LivenessConfig local() {
        return new LivenessConfig(
                Duration.ofSeconds(1), Duration.ofMillis(200), 1, 3, 6, 8, 2, Duration.ofMillis(100), 3);
    }

    /**
     * A preset by its name.
     *
     * @throws IllegalArgumentException if it is none of lan, wan and local
     */
    public static LivenessConfig preset(String name) {
        return switch (name) {
            case "lan" -> lan();
            case "wan" -> wan();
            case "local" -> local();
            default -> throw wrong("preset", name, "lan, wan or local");
        };
    }

    /** The suspicion that enough others confirm, in a membership of {@code n}. */
    Duration shortestSuspicion(int n) {
        double scale = Math.max(1, Math.log10(Math.max(1, n)));
        return Duration.ofNanos((long) (suspicionMultiplier * scale * probeInterval.toNanos()));
    }

    /** The suspicion that nobody confirms. */
    Duration longestSuspicion(int n) {
        return shortestSuspicion(n).multipliedBy(suspicionMaxMultiplier);
    }

    /** How many others must confirm a suspicion for the shortest; none where there are too few others. */
    int confirmations(int n) {
        int wanted = suspicionMultiplier - 2;
        return n - 2 < wanted ? 0 : wanted;
    }

    /** How often a rumour is passed on by each peer. */
    int transmissions(int n) {
        return retransmitMultiplier * (int) Math.ceil(Math.log10(n + 1.0));
    }
}
