package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.crypto.MessageCrypto;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PayloadVerifier;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.proto.time.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the signatures of alive messages on the workers. While it does, the message they came in counts against its link's
 * budget, and only so many are checked at a time.
 */
final class AliveVerifier {
    /** Alive messages being checked at most; what comes beyond is dropped, for the next heartbeat says it again. */
    static final int MAX_IN_FLIGHT = 10_000;

    /** Longer than a few rounds of digests, each of which shows us a stranger again. */
    private static final Duration STRANGERS = Duration.ofSeconds(15);

    private final Logger log = LoggerFactory.getLogger(AliveVerifier.class);
    private final Scheduler scheduler;
    private final Workers workers;
    private final MessageCrypto crypto;
    private final IdentityStore identities;
    private final Predicate<PkiId> suspected;
    private final RejectionLog rejections;
    private final Meters.Counter unknownIdentity;
    private int inFlight;
    /** Monotonic time of the last message that was dropped because no identity is held; null before the first. */
    private @Nullable Long lastStranger;

    /** @param suspected whose time is running out */
    AliveVerifier(DiscoveryPorts ports, Predicate<PkiId> suspected) {
        this.scheduler = ports.scheduler();
        this.workers = ports.workers();
        this.crypto = ports.crypto();
        this.identities = ports.identities();
        this.suspected = suspected;
        this.rejections = ports.rejections();
        this.unknownIdentity = ports.meters().counter("gossip_dropped", "reason", "alive-of-unknown-identity");
    }

    /** One message and what its signature is checked with. */
    private record Check(Alive alive, PayloadVerifier verifier) {
        boolean passes() {
            return alive.message().verify(verifier);
        }
    }

    /**
     * Checks messages that came in one message of a peer; those of suspects, which may clear them, before everything that waits for the
     * workers, unless others came with them.
     *
     * @param done told once, on the loop, which of them are genuine; the others have been reported
     */
    void verify(List<Alive> messages, ReceivedMessage source, Consumer<List<Alive>> done) {
        PkiId sender = source.sender().pkiId();
        List<Check> checks = checks(messages, sender);
        if (checks.isEmpty() || inFlight + checks.size() > MAX_IN_FLIGHT) {
            if (!checks.isEmpty()) {
                reject(sender, "verification-overload", "more than " + MAX_IN_FLIGHT + " alive messages to check");
            }
            done.accept(List.of());
            return;
        }
        inFlight += checks.size();
        Runnable release = source.hold();
        boolean defence =
                checks.stream().allMatch(check -> suspected.test(check.alive().pkiId()));
        workers.submit(defence, () -> checks.stream().map(Check::passes).toList(), (passed, failure) -> {
            inFlight -= checks.size();
            release.run();
            if (passed == null) {
                log.warn("could not check alive messages from {}", sender, failure);
                done.accept(List.of());
            } else {
                done.accept(genuine(checks, passed, sender));
            }
        });
    }

    private List<Check> checks(List<Alive> messages, PkiId sender) {
        List<Check> checks = new ArrayList<>();
        Instant now = scheduler.wallTime();
        for (Alive alive : messages) {
            verifierOf(alive, now)
                    .ifPresentOrElse(
                            verifier -> checks.add(new Check(alive, verifier)), () -> dropUnknown(alive, sender));
        }
        return checks;
    }

    /** The identity of a stranger is validated on the worker too, together with the signature. */
    private Optional<PayloadVerifier> verifierOf(Alive alive, Instant now) {
        ByteString identity = alive.identity();
        return identities
                .verifierOf(alive.pkiId(), now)
                .or(() -> identity.isEmpty()
                        ? Optional.empty()
                        : Optional.of((signature, payload) -> crypto.verify(identity, signature, payload)));
    }

    private List<Alive> genuine(List<Check> checks, List<Boolean> passed, PkiId sender) {
        List<Alive> genuine = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            Alive alive = checks.get(i).alive();
            if (!passed.get(i)) {
                reject(sender, "bad-alive-signature", "the alive message of " + alive.pkiId() + " is not genuine");
            } else if (isIdentityHeld(alive, sender)) {
                genuine.add(alive);
            }
        }
        return genuine;
    }

    /** Only now is a stranger's identity kept, so that nobody can fill the store with others' certificates. */
    private boolean isIdentityHeld(Alive alive, PkiId sender) {
        Instant now = scheduler.wallTime();
        if (identities.get(alive.pkiId(), now).isPresent()) {
            return true;
        }
        if (alive.identity().isEmpty()) {
            dropUnknown(alive, sender);
            return false;
        }
        var verdict = identities.put(alive.pkiId(), alive.identity(), now);
        if (!verdict.isAccepted()) {
            rejections.report(sender, verdict.rejection());
        }
        return verdict.isAccepted();
    }

    /** The identity may be on its way still, or have just gone: whoever passed the message on is not to blame. */
    private void dropUnknown(Alive alive, PkiId sender) {
        lastStranger = scheduler.nanoTime();
        unknownIdentity.increment();
        log.debug("dropped the alive message of {} from {}: no identity is held", alive.pkiId(), sender);
    }

    /** Whether that has happened within the time in which it would happen again. */
    boolean hasStrangers() {
        return lastStranger != null && scheduler.nanoTime() - lastStranger < STRANGERS.toNanos();
    }

    private void reject(PkiId sender, String reason, String detail) {
        rejections.report(sender, new Rejection(reason, detail));
    }
}
