package dev.grapevine.discovery;

import dev.grapevine.comm.Comm;
import dev.grapevine.discovery.liveness.Swim;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Declares peers dead. Plain Fabric peers are judged by their silence, those that speak the extensions as configured: by
 * probes ({@link Swim}) or by their silence too.
 */
final class FailureWatch {
    /** A second failure to reach a peer counts if it follows the first within this time. */
    private static final Duration IN_A_ROW = Duration.ofMinutes(1);

    private final Logger log = LoggerFactory.getLogger(FailureWatch.class);
    private final DiscoveryConfig config;
    private final Scheduler scheduler;
    private final Comm comm;
    private final MembershipTable table;
    private final Swim swim;
    private final SilenceDetector plain;
    private final SilenceDetector capable;
    private final Map<PkiId, Long> missed = new TreeMap<>();

    FailureWatch(DiscoveryConfig config, DiscoveryPorts ports, MembershipTable table, Swim swim) {
        this.config = config;
        this.scheduler = ports.scheduler();
        this.comm = ports.comm();
        this.table = table;
        this.swim = swim;
        this.plain = new TimeoutDetector(config.aliveExpirationTimeout());
        FailureDetection detection = config.detection();
        this.capable = detection.kind() == FailureDetection.Kind.PHI
                ? new PhiAccrualDetector(config.aliveTimeInterval(), detection.phiThreshold())
                : new TimeoutDetector(config.aliveExpirationTimeout());
    }

    void heard(Alive alive) {
        boolean speaks = config.extensions() && alive.revision() > 0;
        SilenceDetector silence = speaks ? capable : plain;
        (speaks ? plain : capable).forget(alive.pkiId());
        if (speaks && config.probes()) {
            swim.heard(alive.pkiId());
        } else {
            silence.heard(alive.pkiId(), scheduler.nanoTime());
        }
    }

    private boolean isProbed(PkiId pkiId) {
        return config.probes()
                && table.find(pkiId)
                        .filter(peer -> peer.member().revision() > 0)
                        .isPresent();
    }

    /** Buries all who have been silent for too long. */
    void check() {
        long now = scheduler.nanoTime();
        plain.failed(now).forEach(pkiId -> bury(pkiId, "no sign of life"));
        capable.failed(now).forEach(pkiId -> bury(pkiId, "no sign of life"));
    }

    /**
     * Could not be reached, or broke a link with messages on it: enough to bury a plain peer. One that can refute is suspected when it
     * happens twice in a row. Where many start together, those whom all dial are late with their handshakes, and the accusations and
     * refutations of a first failure would make them later still.
     */
    void unreachable(PkiId pkiId) {
        if (isProbed(pkiId)) {
            long now = scheduler.nanoTime();
            Long before = missed.put(pkiId, now);
            if (before != null && now - before < IN_A_ROW.toNanos()) {
                swim.doubt(pkiId);
            }
        } else {
            suspect(pkiId);
        }
    }

    /** Nothing listens where it was: it has ended. The others are told. */
    void refused(PkiId pkiId) {
        if (table.isAlive(pkiId) && isProbed(pkiId)) {
            swim.doubt(pkiId);
            bury(pkiId, "nothing listens at its endpoint");
        }
    }

    /** Buries a living peer that is presumed dead. */
    void suspect(PkiId pkiId) {
        if (table.isAlive(pkiId)) {
            bury(pkiId, "presumed dead");
        }
    }

    /** Buries a peer whose suspicion has run out. */
    void failed(PkiId pkiId, String why) {
        if (table.isAlive(pkiId) && isProbed(pkiId)) {
            bury(pkiId, why);
        }
    }

    /** Buries a peer that has said farewell. */
    void departed(PkiId pkiId) {
        if (table.isAlive(pkiId)) {
            bury(pkiId, "it has left");
        }
    }

    private void bury(PkiId pkiId, String why) {
        log.info("peer {} is dead: {}", pkiId, why);
        silent(pkiId);
        table.bury(pkiId);
        comm.close(pkiId, why);
    }

    private void silent(PkiId pkiId) {
        plain.forget(pkiId);
        capable.forget(pkiId);
        missed.remove(pkiId);
    }

    /** A peer leaves the table for good. */
    void forget(PkiId pkiId) {
        silent(pkiId);
        table.forget(pkiId);
    }
}
