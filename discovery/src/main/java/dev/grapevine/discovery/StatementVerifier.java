package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PayloadVerifier;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the signatures of accusations and farewells on the workers; one check is enough for the copies that several neighbours send at
 * almost the same time. What accuses ourselves goes before everything that waits for the workers, for we have little time to refute it.
 */
final class StatementVerifier {
    /** Being checked at most; what comes beyond is dropped, for others say the same. */
    private static final int MAX_IN_FLIGHT = 1_000;

    private final Logger log = LoggerFactory.getLogger(StatementVerifier.class);
    private final DiscoveryPorts ports;
    private final Meters.Counter overload;
    private final Meters.Counter unknown;
    private final Set<ByteString> beingChecked = new HashSet<>();

    StatementVerifier(DiscoveryPorts ports) {
        this.ports = ports;
        this.overload = ports.meters().counter("gossip_dropped", "reason", "too-many-statements");
        this.unknown = ports.meters().counter("gossip_dropped", "reason", "statement-of-unknown-identity");
    }

    void verify(SignedGossipMessage statement, PkiId signer, ReceivedMessage source, Runnable genuine) {
        Optional<PayloadVerifier> verifier =
                ports.identities().verifierOf(signer, ports.scheduler().wallTime());
        if (verifier.isEmpty()) {
            unknown.increment();
            return;
        }
        if (beingChecked.size() >= MAX_IN_FLIGHT) {
            overload.increment();
            return;
        }
        ByteString wire = statement.wire();
        if (!beingChecked.add(wire)) {
            return;
        }
        Runnable release = source.hold();
        ports.workers().submit(isAgainstUs(statement), () -> statement.verify(verifier.get()), (good, failure) -> {
            beingChecked.remove(wire);
            release.run();
            if (failure != null) {
                log.warn("could not check a statement of {}", signer, failure);
            } else if (Boolean.TRUE.equals(good)) {
                genuine.run();
            } else {
                ports.rejections()
                        .report(source.sender(), new Rejection("bad-statement-signature", "not made by " + signer));
            }
        });
    }

    private boolean isAgainstUs(SignedGossipMessage statement) {
        return statement
                .extension()
                .filter(said -> said.getAccusation()
                        .getAccused()
                        .equals(ports.self().pkiId().bytes()))
                .isPresent();
    }
}
