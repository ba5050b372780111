package dev.grapevine.node.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the TLS sections, which the peer's port and the operations endpoint have alike. */
final class TlsReader {
    private TlsReader() {}

    /** The credentials below {@code prefix}; empty if TLS is not enabled there. */
    static Optional<TlsSettings> server(Settings settings, String prefix) {
        if (!settings.flag(prefix + ".enabled", false)) {
            return Optional.empty();
        }
        Path certificate = settings.existingFile(prefix + ".cert.file");
        Path key = settings.existingFile(prefix + ".key.file");
        boolean required = settings.flag(prefix + ".clientAuthRequired", false);
        List<Path> clientRoots = settings.list(prefix + ".clientRootCAs.files").stream()
                .map(settings::resolve)
                .toList();
        if (required) {
            checkClientRoots(settings, prefix + ".clientRootCAs.files", clientRoots);
        }
        return Optional.of(
                new TlsSettings(certificate, key, Optional.empty(), required, clientRoots, certificate, key));
    }

    private static void checkClientRoots(Settings settings, String key, List<Path> roots) {
        if (roots.isEmpty()) {
            settings.fault(
                    key, "", "clientAuthRequired is true, so it must name the authorities of client certificates");
        }
        roots.forEach(file -> settings.requireFile(key, file));
    }

    /** The same, with the credentials for dialling that only the peer's section has. */
    static Optional<TlsSettings> peer(Settings settings) {
        if (!settings.isSet("peer.tls.enabled")) {
            settings.fault("peer.tls.enabled", "", "it must be set: true, or false if you mean to do without TLS");
        }
        return server(settings, "peer.tls").map(server -> {
            Optional<Path> root = settings.path("peer.tls.rootcert.file");
            root.ifPresent(file -> settings.requireFile("peer.tls.rootcert.file", file));
            boolean own = settings.isSet("peer.tls.clientCert.file") || settings.isSet("peer.tls.clientKey.file");
            return new TlsSettings(
                    server.certificate(),
                    server.key(),
                    root,
                    server.clientAuthRequired(),
                    server.clientRootCas(),
                    own ? settings.existingFile("peer.tls.clientCert.file") : server.certificate(),
                    own ? settings.existingFile("peer.tls.clientKey.file") : server.key());
        });
    }
}
