package dev.grapevine.comm.grpc;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What a server thinks of its clients' certificates: any will do, or those of the roots of the moment. Names no issuers to
 * the clients, because Go's and Java's withhold a certificate that is not of one of them.
 */
final class ClientTrust extends X509ExtendedTrustManager {
    private final boolean required;
    private volatile X509ExtendedTrustManager anchored;

    /** @param required whether a certificate must be of one of the roots */
    ClientTrust(boolean required, List<X509Certificate> roots) {
        this.required = required;
        this.anchored = TlsTrust.manager(roots);
    }

    /** From now on, for every handshake. */
    void update(List<X509Certificate> roots) {
        anchored = TlsTrust.manager(roots);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (required) {
            anchored.checkClientTrusted(chain, authType, engine);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (required) {
            anchored.checkClientTrusted(chain, authType, socket);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (required) {
            anchored.checkClientTrusted(chain, authType);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw onlyForClients();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw onlyForClients();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw onlyForClients();
    }

    private static CertificateException onlyForClients() {
        return new CertificateException("this trust is for clients only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
