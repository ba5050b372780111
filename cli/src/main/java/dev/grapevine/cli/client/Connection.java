package dev.grapevine.cli.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.Sha256;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/** A gRPC connection and the identity that signs what goes over it. */
public final class Connection implements AutoCloseable {
    private static final int NONCE_BYTES = 24;
    private static final int MAX_MESSAGE_BYTES = 100 * 1024 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String address;
    private final ManagedChannel channel;
    private final SigningIdentity identity;
    private final ByteString tlsHash;

    private Connection(String address, ManagedChannel channel, SigningIdentity identity, ByteString tlsHash) {
        this.address = address;
        this.channel = channel;
        this.identity = identity;
        this.tlsHash = tlsHash;
    }

    /** Connects when it is first used. */
    public static Connection open(String address, SigningIdentity identity, TlsFiles tls) {
        ManagedChannel channel = NettyChannelBuilder.forTarget(address, tls.credentials())
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .build();
        return new Connection(address, channel, identity, tls.certificateHash());
    }

    ManagedChannel channel() {
        return channel;
    }

    SigningIdentity identity() {
        return identity;
    }

    ByteString tlsHash() {
        return tlsHash;
    }

    /** A fresh signature header. */
    SignatureHeader signatureHeader() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return SignatureHeader.newBuilder()
                .setCreator(identity.serialized())
                .setNonce(ByteString.copyFrom(nonce))
                .build();
    }

    /** Fabric's transaction id: the hash of nonce and creator. */
    static String transactionId(SignatureHeader header) {
        return Hex.of(Sha256.of(header.getNonce(), header.getCreator()));
    }

    ChannelHeader.Builder channelHeader(HeaderType type, String channelName) {
        Instant now = Instant.now();
        return ChannelHeader.newBuilder()
                .setType(type.getNumber())
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .setChannelId(channelName);
    }

    /** A signed envelope of some type around {@code data}. */
    public Envelope envelope(HeaderType type, String channelName, ByteString data) {
        SignatureHeader signature = signatureHeader();
        ChannelHeader header = channelHeader(type, channelName)
                .setTxId(transactionId(signature))
                .setTlsCertHash(tlsHash)
                .build();
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(header.toByteString())
                        .setSignatureHeader(signature.toByteString()))
                .setData(data)
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(identity.sign(payload))
                .build();
    }

    /**
     * Makes a call.
     *
     * @throws CommandFailure if it fails, with what the other side said
     */
    <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            String said = e.getStatus().getDescription();
            Throwable cause = e.getStatus().getCause();
            throw new CommandFailure(address + " answered " + e.getStatus().getCode() + ": "
                    + (said == null ? "" : said) + (cause == null ? "" : " (" + cause.getMessage() + ")"));
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
