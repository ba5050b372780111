package dev.grapevine.node.orderer;

import dev.grapevine.state.OrdererEndpoint;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;

/**
 * How connections to ordering nodes are secured.
 *
 * @param enabled {@code peer.tls.enabled}
 * @param clientKey presents our TLS certificate, if {@code peer.tls.clientAuthRequired}
 */
public record OrdererTls(boolean enabled, Optional<KeyManager> clientKey) {
    /** Without TLS, for tests and for networks that have switched it off. */
    public static OrdererTls disabled() {
        return new OrdererTls(false, Optional.empty());
    }

    /** With TLS, presenting no certificate. */
    public static OrdererTls oneWay() {
        return new OrdererTls(true, Optional.empty());
    }

    /** With TLS, presenting our certificate. */
    public static OrdererTls mutual(KeyManager clientKey) {
        return new OrdererTls(true, Optional.of(clientKey));
    }

    /**
     * A context of its own for each connection: a shared one would resume sessions, and a resumed session is not checked
     * against the roots of today.
     */
    SslContext contextFor(OrdererEndpoint endpoint) throws GeneralSecurityException, IOException {
        List<X509Certificate> roots = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (var pem : endpoint.tlsRoots()) {
            for (var certificate : factory.generateCertificates(pem.newInput())) {
                roots.add((X509Certificate) certificate);
            }
        }
        if (roots.isEmpty()) {
            throw new GeneralSecurityException("the channel configuration names no TLS authority for " + endpoint);
        }
        SslContextBuilder builder = GrpcSslContexts.forClient()
                .trustManager(roots.toArray(new X509Certificate[0]))
                .sessionCacheSize(1);
        clientKey.ifPresent(builder::keyManager);
        return builder.build();
    }
}
