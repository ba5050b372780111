package dev.grapevine.node.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the TLS credentials of a server are, all PEM.
 *
 * @param certificate the server's certificate, with intermediates after it ({@code tls.cert.file})
 * @param key its private key ({@code tls.key.file})
 * @param rootCertificate authorities to trust beyond those of channels ({@code tls.rootcert.file})
 * @param clientAuthRequired whether clients must show a certificate ({@code tls.clientAuthRequired})
 * @param clientRootCas authorities of client certificates ({@code tls.clientRootCAs.files})
 * @param clientCertificate what this node shows when it dials; the server's where no other is given
 *     ({@code tls.clientCert.file})
 * @param clientKey its private key ({@code tls.clientKey.file})
 */
public record TlsSettings(
        Path certificate,
        Path key,
        Optional<Path> rootCertificate,
        boolean clientAuthRequired,
        List<Path> clientRootCas,
        Path clientCertificate,
        Path clientKey) {
    public TlsSettings {
        clientRootCas = List.copyOf(clientRootCas);
    }
}
