package dev.grapevine.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Secret;
import org.hyperledger.fabric.protos.gossip.SecretEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * A gossip message together with the very bytes it travels in.
 *
 * <p>The envelope is parsed once, where it enters. Signatures cover the payload exactly as it was transmitted, so a
 * message of somebody else is passed on as {@link #wire()} and never built anew (rules 1 and 2 of the envelope).
 */
public final class SignedGossipMessage {
    private static final int MAX_NESTING = 100;

    /** Bytes from which on it pays to share a payload instead of copying it. */
    private static final int LARGE_PAYLOAD = 4096;

    private final ByteString wire;
    private final Envelope envelope;
    private final GossipMessage message;
    private final Optional<Extension> extension;

    /** What a message with a route was made of; null if it came with it. */
    private final @Nullable SignedGossipMessage bare;

    private @Nullable Object reading;

    private SignedGossipMessage(ByteString wire, Envelope envelope, GossipMessage message) {
        this(wire, envelope, message, null);
    }

    private SignedGossipMessage(
            ByteString wire, Envelope envelope, GossipMessage message, @Nullable SignedGossipMessage bare) {
        this.bare = bare;
        this.wire = wire;
        this.envelope = envelope;
        this.message = message;
        this.extension = Extensions.of(message);
    }

    /**
     * Parses one frame of a gossip stream.
     *
     * @throws MalformedMessageException if the frame is no envelope or its payload no gossip message
     */
    public static SignedGossipMessage parse(ByteString wire) throws MalformedMessageException {
        try {
            return of(wire, parseAll(wire, Envelope.parser()));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedMessageException("not a gossip envelope", e);
        }
    }

    /**
     * Wraps an envelope that came inside another message.
     *
     * @throws MalformedMessageException if its payload is no gossip message
     */
    public static SignedGossipMessage of(Envelope envelope) throws MalformedMessageException {
        return of(envelope.toByteString(), envelope);
    }

    private static SignedGossipMessage of(ByteString wire, Envelope envelope) throws MalformedMessageException {
        try {
            return new SignedGossipMessage(wire, envelope, parseAll(envelope.getPayload(), GossipMessage.parser()));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedMessageException("the envelope's payload is not a gossip message", e);
        }
    }

    private static <T> T parseAll(ByteString bytes, Parser<T> parser) throws InvalidProtocolBufferException {
        CodedInputStream input = bytes.newCodedInput();
        input.enableAliasing(true);
        input.setRecursionLimit(MAX_NESTING);
        T message = parser.parseFrom(input);
        // A parser stops at the end of a group that was never begun, and takes no notice of what follows.
        input.checkLastTagWas(0);
        return message;
    }

    /** A message without a signature, as Fabric sends blocks and everything whose origin the stream itself proves. */
    public static SignedGossipMessage unsigned(GossipMessage message) {
        return build(message, ByteString.EMPTY);
    }

    /** A message of our own, signed. */
    public static SignedGossipMessage signed(GossipMessage message, PayloadSigner signer) {
        ByteString payload = message.toByteString();
        return build(payload, message, signer.sign(payload));
    }

    private static SignedGossipMessage build(GossipMessage message, ByteString signature) {
        return build(message.toByteString(), message, signature);
    }

    private static SignedGossipMessage build(ByteString payload, GossipMessage message, ByteString signature) {
        Envelope envelope = Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(signature)
                .build();
        return new SignedGossipMessage(wireOf(envelope), envelope, message);
    }

    /** The envelope's bytes; a large payload becomes part of them as it is, instead of being copied. */
    private static ByteString wireOf(Envelope envelope) {
        ByteString payload = envelope.getPayload();
        if (payload.size() < LARGE_PAYLOAD) {
            return envelope.toByteString();
        }
        ByteString rest = envelope.toBuilder().clearPayload().build().toByteString();
        return payloadHeader(payload.size()).concat(payload).concat(rest);
    }

    /** The tag and the length that go before the payload, which is the first field of an envelope. */
    private static ByteString payloadHeader(int length) {
        try (ByteString.Output header = ByteString.newOutput(8)) {
            CodedOutputStream output = CodedOutputStream.newInstance(header, 8);
            output.writeTag(Envelope.PAYLOAD_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            output.writeUInt32NoTag(length);
            output.flush();
            return header.toByteString();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    /** This message with a signed secret beside it: the endpoint meant for the eyes of our own organisation. */
    public SignedGossipMessage withSecret(String internalEndpoint, PayloadSigner signer) {
        ByteString payload = Secret.newBuilder()
                .setInternalEndpoint(internalEndpoint)
                .build()
                .toByteString();
        Envelope with = envelope.toBuilder()
                .setSecretEnvelope(
                        SecretEnvelope.newBuilder().setPayload(payload).setSignature(signer.sign(payload)))
                .build();
        return new SignedGossipMessage(with.toByteString(), with, message);
    }

    /** This message without its secret envelope; payload and signature stay as they are. */
    public SignedGossipMessage withoutSecret() {
        if (!envelope.hasSecretEnvelope()) {
            return this;
        }
        Envelope without = envelope.toBuilder().clearSecretEnvelope().build();
        return new SignedGossipMessage(without.toByteString(), without, message);
    }

    /**
     * This message with a route beside its payload, which is neither touched nor copied; in place of any other.
     *
     * @param route the part of the ring that the receiver has to see to
     */
    public SignedGossipMessage withRoute(Route route) {
        SignedGossipMessage routeless = withoutRoute();
        UnknownFieldSet field = UnknownFieldSet.newBuilder()
                .addField(
                        Capability.FIELD,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(route.toByteString())
                                .build())
                .build();
        Envelope with = routeless.envelope.toBuilder().setUnknownFields(field).build();
        return new SignedGossipMessage(routeless.wire.concat(field.toByteString()), with, message, routeless);
    }

    /** This message without its route, and without any other field that Fabric does not know beside the payload. */
    public SignedGossipMessage withoutRoute() {
        if (envelope.getUnknownFields().asMap().isEmpty()) {
            return this;
        }
        if (bare != null) {
            return bare;
        }
        Envelope without = envelope.toBuilder()
                .setUnknownFields(UnknownFieldSet.getDefaultInstance())
                .build();
        return new SignedGossipMessage(wireOf(without), without, message);
    }

    /** The route it came with; empty if there is none or it does not parse. */
    public Optional<Route> route() {
        List<ByteString> found =
                envelope.getUnknownFields().getField(Capability.FIELD).getLengthDelimitedList();
        try {
            return found.isEmpty() ? Optional.empty() : Optional.of(Route.parseFrom(found.get(found.size() - 1)));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    /** The serialised envelope: what came in, and what goes out when the message is passed on. */
    public ByteString wire() {
        return wire;
    }

    public Envelope envelope() {
        return envelope;
    }

    public GossipMessage message() {
        return message;
    }

    public GossipMessage.ContentCase type() {
        return message.getContentCase();
    }

    /** What the message says beyond Fabric's protocol, if its content is Empty; see {@link Extensions}. */
    public Optional<Extension> extension() {
        return extension;
    }

    /** Whether it holds blocks, or what blocks are made of. */
    public boolean carriesBlocks() {
        return switch (type()) {
            case DATA_MSG, DATA_UPDATE, STATE_RESPONSE -> true;
            case EMPTY -> extension.filter(Extensions::isBulk).isPresent();
            default -> false;
        };
    }

    /**
     * What somebody makes of this message; made once, as long as all make the same kind of thing of it. Threads that ask at once may each
     * make one.
     *
     * @param kind of an immutable object, all fields of which are final
     */
    public <T> T reading(Class<T> kind, Function<SignedGossipMessage, T> reader) {
        Object known = reading;
        if (kind.isInstance(known)) {
            return kind.cast(known);
        }
        T made = reader.apply(this);
        reading = made;
        return made;
    }

    /** Size of the serialised envelope, in bytes. */
    public int size() {
        return wire.size();
    }

    public boolean isSigned() {
        return !envelope.getSignature().isEmpty();
    }

    /** The internal endpoint in the secret envelope; empty when there is none or it does not parse. */
    public Optional<String> internalEndpoint() {
        if (!envelope.hasSecretEnvelope()) {
            return Optional.empty();
        }
        try {
            String endpoint =
                    Secret.parseFrom(envelope.getSecretEnvelope().getPayload()).getInternalEndpoint();
            return endpoint.isEmpty() ? Optional.empty() : Optional.of(endpoint);
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether payload and signature are present and valid under one identity, and so is the secret envelope if there is
     * one: a secret that does not verify spoils the whole message, as in Fabric.
     */
    public boolean verify(PayloadVerifier verifier) {
        if (!verify(verifier, envelope.getSignature(), envelope.getPayload())) {
            return false;
        }
        SecretEnvelope secret = envelope.getSecretEnvelope();
        return !envelope.hasSecretEnvelope() || verify(verifier, secret.getSignature(), secret.getPayload());
    }

    private static boolean verify(PayloadVerifier verifier, ByteString signature, ByteString payload) {
        return !signature.isEmpty() && !payload.isEmpty() && verifier.verify(signature, payload);
    }

    /** Type, tag and size; never the content. */
    @Override
    public String toString() {
        return type() + "[" + message.getTag() + ", " + size() + " bytes]";
    }
}
