package dev.grapevine.comm.grpc;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;

/**
 * Netty's TLS contexts: TLS 1.2 and 1.3, ALPN h2, and no session is ever resumed, because a resumed one skips the check of
 * the certificate, also of one whose CA has been withdrawn meanwhile. Where the bundled BoringSSL does not run, Java's TLS
 * keeps sessions for one second, its shortest.
 */
final class TlsContexts {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private TlsContexts() {}

    static SslContext server(TlsSettings settings, ClientTrust trust) {
        return new UselessTickets(build(SslContextBuilder.forServer(new OneKey(settings.server()))
                .trustManager(trust)
                .clientAuth(settings.clientAuthRequired() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL)));
    }

    /** Checks the name of the host it dials against the certificate, which PKIX trust does when it knows the engine. */
    static SslContext client(TlsCredentials own, TlsTrust trust) {
        return build(SslContextBuilder.forClient()
                .keyManager(new OneKey(own))
                .trustManager(TlsTrust.manager(trust.servers())));
    }

    private static SslContext build(SslContextBuilder builder) {
        try {
            SslContext context = GrpcSslContexts.configure(builder)
                    .protocols(VERSIONS)
                    .sessionCacheSize(1)
                    .sessionTimeout(1)
                    .build();
            forgetSessions(context);
            return context;
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS certificate and key do not make a TLS context: " + e, e);
        }
    }

    private static void forgetSessions(SslContext context) {
        if (context instanceof OpenSslContext bundled) {
            bundled.sessionContext().setSessionCacheEnabled(false);
        }
    }
}
