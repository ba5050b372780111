package dev.grapevine.node.orderer.development;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Sha256;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.security.cert.CertificateEncodingException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Makes the hash of the client's TLS certificate known to the call at hand. */
final class ClientCertificate implements ServerInterceptor {
    private static final Context.Key<ByteString> HASH = Context.keyWithDefault("client certificate", ByteString.EMPTY);

    /** SHA-256 of the DER of the certificate; empty if the client presented none. */
    static ByteString hash() {
        return HASH.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Context context = Context.current().withValue(HASH, hashOf(call));
        return Contexts.interceptCall(context, call, headers, next);
    }

    private static ByteString hashOf(ServerCall<?, ?> call) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return ByteString.EMPTY;
        }
        try {
            return Sha256.of(ByteString.copyFrom(session.getPeerCertificates()[0].getEncoded()));
        } catch (SSLPeerUnverifiedException none) {
            return ByteString.EMPTY;
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate always has its DER", e);
        }
    }
}
