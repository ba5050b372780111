package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whose TLS certificates are believed. Roots and intermediates alike are anchors, as in Go's certificate pools.
 *
 * @param servers of the peers that we dial: our own TLS root and those of the application organisations of all joined
 *     channels
 * @param clients of the peers that dial us, if they must present one: the same and the configured client roots
 */
public record TlsTrust(List<X509Certificate> servers, List<X509Certificate> clients) {
    public TlsTrust {
        servers = List.copyOf(servers);
        clients = List.copyOf(clients);
    }

    /**
     * The same certificates, each text holding one or more in PEM, for both.
     *
     * @throws IllegalArgumentException if one does not parse
     */
    public static TlsTrust ofPem(List<ByteString> roots) {
        List<X509Certificate> all = new ArrayList<>();
        roots.forEach(pem -> all.addAll(Pem.certificates(pem)));
        return new TlsTrust(all, all);
    }

    static X509ExtendedTrustManager manager(List<X509Certificate> anchors) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < anchors.size(); i++) {
                store.setCertificateEntry("anchor" + i, anchors.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no PKIX manager of " + TrustManager.class));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has PKIX and PKCS12", e);
        }
    }
}
