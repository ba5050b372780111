package dev.grapevine.discovery;

import dev.grapevine.comm.Comm;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Declares peers dead: those that have fallen silent, and those that could not be reached. */
final class FailureWatch {
    private final Logger log = LoggerFactory.getLogger(FailureWatch.class);
    private final Scheduler scheduler;
    private final Comm comm;
    private final MembershipTable table;
    private final TimeoutDetector detector;

    FailureWatch(DiscoveryConfig config, DiscoveryPorts ports, MembershipTable table) {
        this.scheduler = ports.scheduler();
        this.comm = ports.comm();
        this.table = table;
        this.detector = new TimeoutDetector(config.aliveExpirationTimeout());
    }

    void heard(PkiId pkiId) {
        detector.heard(pkiId, scheduler.nanoTime());
    }

    /** Buries all who have been silent for too long. */
    void check() {
        detector.failed(scheduler.nanoTime()).forEach(pkiId -> bury(pkiId, "no sign of life"));
    }

    /** Buries a living peer that is presumed dead. */
    void suspect(PkiId pkiId) {
        if (table.isAlive(pkiId)) {
            bury(pkiId, "presumed dead");
        }
    }

    private void bury(PkiId pkiId, String why) {
        log.info("peer {} is dead: {}", pkiId, why);
        detector.forget(pkiId);
        table.bury(pkiId);
        comm.close(pkiId, why);
    }

    /** A peer leaves the table for good. */
    void forget(PkiId pkiId) {
        detector.forget(pkiId);
        table.forget(pkiId);
    }
}
