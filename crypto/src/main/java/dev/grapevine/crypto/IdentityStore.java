package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PayloadVerifier;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The identities of the peers we deal with, by PKI-ID (Fabric's identity mapper). Passive: it has no timers, time is an
 * argument, and what it removes it returns, for the caller to close links and forget. On the node's loop only.
 */
public final class IdentityStore {
    /** Identities that nobody asked for in this time are removed, our own excepted. */
    public static final Duration UNUSED_AFTER = Duration.ofHours(1);

    /** Longest serialised identity that is looked at, in bytes. */
    public static final int MAX_IDENTITY_BYTES = 64 * 1024;

    private final MessageCrypto crypto;
    private final PkiId self;
    private final int capacity;
    private final Map<PkiId, Entry> entries = new HashMap<>();

    private static final class Entry {
        private ValidIdentity identity;
        private Instant lastUse;

        Entry(ValidIdentity identity, Instant lastUse) {
            this.identity = identity;
            this.lastUse = lastUse;
        }
    }

    /**
     * @param self our own identity, which is never removed for non-use
     * @param capacity how many identities are kept at most; further ones are refused
     * @throws IllegalArgumentException if our own identity is not valid or has expired
     */
    public IdentityStore(MessageCrypto crypto, SigningIdentity self, int capacity, Instant now) {
        this.crypto = crypto;
        this.self = self.pkiId();
        this.capacity = capacity;
        Verdict<ValidIdentity> own = put(self.pkiId(), self.serialized(), now);
        if (!own.isAccepted()) {
            throw new IllegalArgumentException("our own identity is refused: " + own.rejection());
        }
    }

    /**
     * Takes an identity: valid under an MSP we know, not expired, and belonging to the PKI-ID. One that is held already is
     * accepted without looking again.
     */
    public Verdict<ValidIdentity> put(PkiId pkiId, ByteString identity, Instant now) {
        Entry held = entries.get(pkiId);
        if (held != null && held.identity.serialized().equals(identity)) {
            held.lastUse = now;
            return Verdict.accepted(held.identity);
        }
        if (identity.size() > MAX_IDENTITY_BYTES) {
            return Verdict.rejected("oversized-identity", identity.size() + " bytes; at most " + MAX_IDENTITY_BYTES);
        }
        Verdict<ValidIdentity> verdict = crypto.validate(identity).then(valid -> check(valid, pkiId, now));
        if (verdict.isAccepted() && held == null) {
            if (entries.size() >= capacity) {
                return Verdict.rejected("too-many-identities", "the store holds its " + capacity + " identities");
            }
            entries.put(pkiId, new Entry(verdict.value(), now));
        }
        return verdict;
    }

    private static Verdict<ValidIdentity> check(ValidIdentity valid, PkiId pkiId, Instant now) {
        if (!valid.pkiId().equals(pkiId)) {
            return Verdict.rejected("pki-id-mismatch", "the identity's PKI-ID is " + valid.pkiId() + ", not " + pkiId);
        }
        if (valid.notAfter().isBefore(now)) {
            return Verdict.rejected("expired-identity", "the certificate expired at " + valid.notAfter());
        }
        return Verdict.accepted(valid);
    }

    /** The identity of a peer, which counts as a use. */
    public Optional<ValidIdentity> get(PkiId pkiId, Instant now) {
        Entry entry = entries.get(pkiId);
        if (entry == null) {
            return Optional.empty();
        }
        entry.lastUse = now;
        return Optional.of(entry.identity);
    }

    /** The organisation of a peer whose identity is held; does not count as a use. */
    public Optional<MspId> organisationOf(PkiId pkiId) {
        return Optional.ofNullable(entries.get(pkiId)).map(entry -> entry.identity.mspId());
    }

    /** A verifier of a held peer's signatures, safe to use on a worker; empty if its identity is not held. */
    public Optional<PayloadVerifier> verifierOf(PkiId pkiId, Instant now) {
        return get(pkiId, now)
                .map(identity -> (signature, payload) -> crypto.verify(identity.serialized(), signature, payload));
    }

    /** All identities held, in the order of their PKI-IDs. */
    public List<ValidIdentity> all() {
        return entries.values().stream()
                .map(entry -> entry.identity)
                .sorted(Comparator.comparing(ValidIdentity::pkiId))
                .toList();
    }

    /** Validates everything again, after a configuration changed; returns what had to go. */
    public List<PkiId> revalidate() {
        return removeIf(entry -> {
            Verdict<ValidIdentity> again = crypto.validate(entry.identity.serialized());
            again.accepted().ifPresent(valid -> entry.identity = valid);
            return !again.isAccepted();
        });
    }

    /** Removes what has expired and what nobody has used for {@link #UNUSED_AFTER}; returns it. */
    public List<PkiId> purge(Instant now) {
        return removeIf(entry -> entry.identity.notAfter().isBefore(now)
                || (!entry.identity.pkiId().equals(self)
                        && entry.lastUse.plus(UNUSED_AFTER).isBefore(now)));
    }

    private List<PkiId> removeIf(Predicate<Entry> condition) {
        List<PkiId> removed = new ArrayList<>();
        entries.forEach((pkiId, entry) -> {
            if (condition.test(entry)) {
                removed.add(pkiId);
            }
        });
        removed.forEach(entries::remove);
        return removed;
    }
}
