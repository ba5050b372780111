package dev.grapevine.node.deliver;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.SeekInfo;

/** Reads a seek envelope and makes the checks Fabric makes, in its order. */
final class SeekParser {
    /** A seek that may be served. */
    record Seek(String channel, DeliverChain chain, SeekInfo info, SignedData signed) {}

    /** A seek that may not be served: the status to answer with, and why. */
    static final class RefusedSeek extends Exception {
        private static final long serialVersionUID = 1L;
        private final Status status;

        RefusedSeek(Status status, String why) {
            super(why);
            this.status = status;
        }

        Status status() {
            return status;
        }
    }

    private final Function<String, Optional<DeliverChain>> chains;
    private final DeliverService.Limits limits;
    private final ByteString clientCertificateHash;

    SeekParser(
            Function<String, Optional<DeliverChain>> chains,
            DeliverService.Limits limits,
            ByteString clientCertificateHash) {
        this.chains = chains;
        this.limits = limits;
        this.clientCertificateHash = clientCertificateHash;
    }

    Seek parse(Envelope envelope) throws RefusedSeek {
        try {
            Payload payload = Payload.parseFrom(envelope.getPayload());
            ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
            SignatureHeader signature =
                    SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader());
            checkTime(header);
            checkBinding(header);
            DeliverChain chain = chains.apply(header.getChannelId())
                    .orElseThrow(() ->
                            new RefusedSeek(Status.NOT_FOUND, "channel '" + header.getChannelId() + "' is not here"));
            SignedData signed = new SignedData(signature.getCreator(), envelope.getPayload(), envelope.getSignature());
            SeekInfo info = SeekInfo.parseFrom(payload.getData());
            authorise(chain, signed);
            return new Seek(header.getChannelId(), chain, info, signed);
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedSeek(Status.BAD_REQUEST, "the request does not parse: " + e.getMessage());
        }
    }

    private void checkTime(ChannelHeader header) throws RefusedSeek {
        if (!header.hasTimestamp()) {
            throw new RefusedSeek(Status.BAD_REQUEST, "the channel header has no timestamp");
        }
        long seconds = header.getTimestamp().getSeconds();
        long apart = Math.abs(seconds - limits.clock().instant().getEpochSecond());
        Duration window = limits.timeWindow();
        if (apart < 0 || apart > window.toSeconds()) {
            throw new RefusedSeek(
                    Status.BAD_REQUEST, "the timestamp is more than " + window + " apart from this server's clock");
        }
    }

    private void checkBinding(ChannelHeader header) throws RefusedSeek {
        if (!limits.boundToTls()) {
            return;
        }
        if (clientCertificateHash.isEmpty()) {
            throw new RefusedSeek(Status.BAD_REQUEST, "the client presented no TLS certificate");
        }
        if (!header.getTlsCertHash().equals(clientCertificateHash)) {
            throw new RefusedSeek(
                    Status.BAD_REQUEST, "the TLS certificate hash in the request is not that of the client's");
        }
    }

    private void authorise(DeliverChain chain, SignedData signed) throws RefusedSeek {
        if (hasExpired(chain, signed, limits.clock().instant())) {
            throw new RefusedSeek(Status.FORBIDDEN, "the client's certificate has expired");
        }
        Optional<Rejection> refusal = chain.authorise(signed);
        if (refusal.isPresent()) {
            throw new RefusedSeek(Status.FORBIDDEN, refusal.get().toString());
        }
    }

    static boolean hasExpired(DeliverChain chain, SignedData signed, Instant now) {
        return chain.expiry(signed).filter(now::isAfter).isPresent();
    }
}
