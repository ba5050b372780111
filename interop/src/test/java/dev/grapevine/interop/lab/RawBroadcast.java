package dev.grapevine.interop.lab;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;

/**
 * Submits envelopes byte for byte. Protobuf's own classes would put unknown fields in another order. A stream with one envelope
 * looks on the wire like a unary call.
 */
public final class RawBroadcast {
    private static final long PATIENCE_SECONDS = 30;
    private static final MethodDescriptor<ByteString, BroadcastResponse> BROADCAST =
            MethodDescriptor.<ByteString, BroadcastResponse>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("orderer.AtomicBroadcast/Broadcast")
                    .setRequestMarshaller(new Verbatim())
                    .setResponseMarshaller(ProtoUtils.marshaller(BroadcastResponse.getDefaultInstance()))
                    .build();

    private RawBroadcast() {}

    /** What an ordering node answers to an envelope; TLS as an application has it, without a certificate of its own. */
    public static BroadcastResponse submit(String address, Organisation orderer, ByteString envelope) {
        ManagedChannel channel =
                NettyChannelBuilder.forTarget(address, trust(orderer)).build();
        try {
            return ClientCalls.blockingUnaryCall(
                    channel,
                    BROADCAST,
                    CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
                    envelope);
        } finally {
            channel.shutdownNow();
        }
    }

    private static io.grpc.ChannelCredentials trust(Organisation orderer) {
        try {
            return TlsChannelCredentials.newBuilder()
                    .trustManager(orderer.tlsAuthority().toFile())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Verbatim implements MethodDescriptor.Marshaller<ByteString> {
        @Override
        public InputStream stream(ByteString bytes) {
            return new ByteArrayInputStream(bytes.toByteArray());
        }

        @Override
        public ByteString parse(InputStream stream) {
            throw new UnsupportedOperationException("nobody sends us envelopes here");
        }
    }
}
