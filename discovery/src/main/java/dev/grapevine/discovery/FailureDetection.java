package dev.grapevine.discovery;

import dev.grapevine.discovery.liveness.LivenessConfig;

/**
 * How the failure of a peer that speaks the extensions is noticed. All peers of a network choose the same kind: one that
 * probes sends no heartbeats to those that probe, and who waits for heartbeats would take it for dead.
 *
 * @param swim how probes and suspicions work ({@code peer.gossip.liveness.preset})
 * @param phiThreshold from which accrued suspicion a silent peer is dead ({@code peer.gossip.liveness.phiThreshold}); each
 *     unit more is ten times fewer mistakes and a later notice
 */
public record FailureDetection(Kind kind, LivenessConfig swim, double phiThreshold) {
    /** Known ways ({@code peer.gossip.liveness.detector}). */
    public enum Kind {
        /** Probes, straight and through others; suspicion that can be refuted. */
        SWIM,
        /** Accrued suspicion from the rhythm of heartbeats. */
        PHI,
        /** Fabric's: silence for the expiration timeout. */
        TIMEOUT;

        /**
         * By its name in the configuration.
         *
         * @throws IllegalArgumentException if it is none of swim, phi and timeout
         */
        public static Kind named(String name) {
            return switch (name) {
                case "swim" -> SWIM;
                case "phi" -> PHI;
                case "timeout" -> TIMEOUT;
                default ->
                    throw new IllegalArgumentException(
                            "peer.gossip.liveness.detector is " + name + "; it must be swim, phi or timeout");
            };
        }
    }

    private static final double PHI = 8;

    /** @throws IllegalArgumentException naming the key that is wrong */
    public FailureDetection {
        if (!(phiThreshold > 0)) {
            throw new IllegalArgumentException("peer.gossip.liveness.phiThreshold is " + phiThreshold
                    + "; it must be more than 0, 8 is a good value");
        }
    }

    public static FailureDetection swim(LivenessConfig config) {
        return new FailureDetection(Kind.SWIM, config, PHI);
    }

    public static FailureDetection phiAccrual(double threshold) {
        return new FailureDetection(Kind.PHI, LivenessConfig.lan(), threshold);
    }

    public static FailureDetection timeout() {
        return new FailureDetection(Kind.TIMEOUT, LivenessConfig.lan(), PHI);
    }
}
