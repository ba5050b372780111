package dev.grapevine.node.deliver;

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

/** Lets services ask for the hash of the TLS certificate that the client of the call at hand presented. */
public final class ClientCertificates implements ServerInterceptor {
    private static final Context.Key<ByteString> HASH = Context.keyWithDefault("client certificate", ByteString.EMPTY);

    /** SHA-256 of the certificate's DER; empty if the client presented none. To be called on the call's own thread. */
    public static ByteString current() {
        return HASH.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        Context context = Context.current().withValue(HASH, session == null ? ByteString.EMPTY : hash(session));
        return Contexts.interceptCall(context, call, headers, next);
    }

    private static ByteString hash(SSLSession session) {
        try {
            return Sha256.of(ByteString.copyFrom(session.getPeerCertificates()[0].getEncoded()));
        } catch (SSLPeerUnverifiedException none) {
            return ByteString.EMPTY;
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of a TLS session can be encoded", e);
        }
    }
}
