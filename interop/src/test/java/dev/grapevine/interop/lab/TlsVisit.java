package dev.grapevine.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Connections with a peer's TLS certificate, by a client that resumes its sessions where it may. */
public final class TlsVisit {
    private static final char[] NO_PASSWORD = new char[0];
    private static final int PATIENCE_MILLIS = 10_000;

    private final SSLContext context;

    private TlsVisit(SSLContext context) {
        this.context = context;
    }

    /** Visits in the name of a peer, {@code peer0} say, of an organisation. */
    public static TlsVisit of(LabPeer peer, String name) {
        Path tls = peer.organisation().peer(name).resolve("tls");
        try {
            KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
            keys.load(null, NO_PASSWORD);
            keys.setKeyEntry("own", key(tls.resolve("server.key")), NO_PASSWORD, new Certificate[] {
                CertificateIssuer.read(tls.resolve("server.crt"))
            });
            keys.setCertificateEntry(
                    "roots",
                    CertificateIssuer.read(
                            peer.organisation().folder().resolveSibling("org1.lab/tlsca/tlsca.org1.lab-cert.pem")));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, NO_PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keys);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
            return new TlsVisit(context);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot use " + tls, e);
        }
    }

    private static PrivateKey key(Path pem) throws IOException, GeneralSecurityException {
        String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text)));
    }

    /** Whether a second connection goes on with the session of a first. */
    public boolean isResumedBy(LabPeer peer) {
        return connect(peer) == connect(peer);
    }

    /** When the session of a connection was made, which tells resumed ones from new ones. */
    private long connect(LabPeer peer) {
        int port = Integer.parseInt(peer.address().substring("localhost:".length()));
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream()
                    .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() < 0) {
                throw new AssertionError("the peer closed the connection");
            }
            return socket.getSession().getCreationTime();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
