package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.admin.AdminRequest;
import dev.grapevine.proto.admin.SignedAdminRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Lets each administrator's request in once, and readers' as often as they come. Requests from outside the time window are refused, so that only the nonces within
 * it need to be remembered; at most {@value #MAX_REMEMBERED}, and while so many are, nothing more is let in.
 */
final class AdminGate {
    static final int MIN_NONCE_BYTES = 24;
    static final int MAX_NONCE_BYTES = 64;
    static final int MAX_REMEMBERED = 4096;

    private final AccessControl access;
    private final AdminService.Limits limits;

    /** By nonce, in the order of arrival, from when on its request is too old anyway. */
    private final Map<ByteString, Instant> used = new LinkedHashMap<>();

    AdminGate(AccessControl access, AdminService.Limits limits) {
        this.access = access;
        this.limits = limits;
    }

    /** Lets an administrator's request in, once. */
    Verdict<AdminRequest> admit(SignedAdminRequest signed, ByteString clientCertificateHash) {
        Verdict<AdminRequest> admitted = admit(
                signed,
                clientCertificateHash,
                (request, caller) -> access.checkLocal(AccessControl.LocalRole.ADMIN, caller));
        Optional<Rejection> used = admitted.accepted().flatMap(request -> useUp(request.getNonce()));
        return used.<Verdict<AdminRequest>>map(Verdict::rejected).orElse(admitted);
    }

    /**
     * Lets in a request that changes nothing. Its nonce is not remembered: readers are many, and could leave no room for the
     * administrators'.
     *
     * @param authorise why the caller may not ask this, if so
     */
    Verdict<AdminRequest> admit(
            SignedAdminRequest signed,
            ByteString clientCertificateHash,
            BiFunction<AdminRequest, SignedData, Optional<Rejection>> authorise) {
        AdminRequest request;
        try {
            request = AdminRequest.parseFrom(signed.getPayload());
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-request", "the request does not parse: " + e.getMessage());
        }
        return defect(request, clientCertificateHash)
                .or(() -> authorise.apply(
                        request, new SignedData(request.getCreator(), signed.getPayload(), signed.getSignature())))
                .<Verdict<AdminRequest>>map(Verdict::rejected)
                .orElseGet(() -> Verdict.accepted(request));
    }

    private Optional<Rejection> defect(AdminRequest request, ByteString clientCertificateHash) {
        int nonce = request.getNonce().size();
        if (nonce < MIN_NONCE_BYTES || nonce > MAX_NONCE_BYTES) {
            return refusal(
                    "bad-nonce",
                    "the nonce has " + nonce + " bytes, not " + MIN_NONCE_BYTES + " to " + MAX_NONCE_BYTES);
        }
        if (!isTimely(request)) {
            return refusal(
                    "untimely-request", "it was made more than " + limits.timeWindow() + " from this node's time");
        }
        if (!limits.boundToTls()) {
            return Optional.empty();
        }
        return !clientCertificateHash.isEmpty() && clientCertificateHash.equals(request.getTlsCertHash())
                ? Optional.empty()
                : refusal("unbound-request", "it was not signed for the TLS certificate that presents it");
    }

    private boolean isTimely(AdminRequest request) {
        long seconds = request.getTimestamp().getSeconds();
        long now = limits.clock().instant().getEpochSecond();
        long window = limits.timeWindow().toSeconds();
        return seconds >= now - window && seconds <= now + window;
    }

    private synchronized Optional<Rejection> useUp(ByteString nonce) {
        Instant now = limits.clock().instant();
        used.values().removeIf(now::isAfter);
        if (used.containsKey(nonce)) {
            return refusal("replayed-request", "a request with this nonce was let in before");
        }
        if (used.size() >= MAX_REMEMBERED) {
            return refusal("too-many-requests", "more than " + MAX_REMEMBERED + " requests within the time window");
        }
        used.put(nonce, now.plus(limits.timeWindow().multipliedBy(2)).plus(Duration.ofSeconds(1)));
        return Optional.empty();
    }

    private static Optional<Rejection> refusal(String reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }
}
