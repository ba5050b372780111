package dev.grapevine.node.orderer.development;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.TransactionScan;
import dev.grapevine.crypto.config.OrdererSection.BatchLimits;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;

/**
 * An envelope that somebody wants ordered.
 *
 * @param entry the envelope as it will stand in a block
 * @param admittedUnder sequence of the configuration that admitted it
 */
record Submission(
        Envelope envelope, ByteString entry, String channel, int type, SignedData signed, long admittedUnder) {
    private static final long NOT_ADMITTED = -1;

    /** A type of earlier Fabric versions that still must not reach a block. */
    private static final int ORDERER_TRANSACTION = 4;

    /** Reads the headers of an envelope. */
    static Verdict<Submission> read(Envelope envelope) {
        try {
            Payload payload = Payload.parseFrom(envelope.getPayload());
            ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
            SignatureHeader signature =
                    SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader());
            SignedData signed = new SignedData(signature.getCreator(), envelope.getPayload(), envelope.getSignature());
            return Verdict.accepted(new Submission(
                    envelope, envelope.toByteString(), header.getChannelId(), header.getType(), signed, NOT_ADMITTED));
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-envelope", String.valueOf(e.getMessage()));
        }
    }

    /** What counts against the limits of a block, in bytes: payload and signature, as Fabric counts. */
    long size() {
        return (long) envelope.getPayload().size() + envelope.getSignature().size();
    }

    boolean isUpdate() {
        return type == HeaderType.CONFIG_UPDATE_VALUE;
    }

    /** The same, admitted under these rules. */
    Submission under(ChannelRules rules) {
        return new Submission(envelope, entry, channel, type, signed, rules.sequence());
    }

    /** Why it may not be ordered under these rules, if so; the answer to its sender. */
    Optional<BroadcastResponse> admit(ChannelRules rules, Instant now) {
        Optional<Rejection> malformed = wellFormed(rules.batch());
        if (malformed.isPresent()) {
            return malformed.map(why -> Responses.of(Status.BAD_REQUEST, why));
        }
        boolean expired = rules.expiry(signed).filter(now::isAfter).isPresent();
        Optional<Rejection> refusal = expired
                ? Optional.of(new Rejection("expired-identity", "the sender's certificate has expired"))
                : rules.mayWrite(signed);
        return refusal.map(why -> Responses.of(Status.FORBIDDEN, why));
    }

    private Optional<Rejection> wellFormed(BatchLimits limits) {
        if (type == HeaderType.CONFIG_VALUE || type == ORDERER_TRANSACTION) {
            return Optional.of(new Rejection(
                    "not-submittable", "envelopes of type " + type + " are made by orderers; submit a CONFIG_UPDATE"));
        }
        if (size() > limits.absoluteMaxBytes()) {
            return Optional.of(
                    new Rejection("too-large", size() + " bytes; the channel allows " + limits.absoluteMaxBytes()));
        }
        return TransactionScan.check(List.of(entry));
    }
}
