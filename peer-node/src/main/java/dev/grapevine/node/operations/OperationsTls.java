package dev.grapevine.node.operations;

import dev.grapevine.node.config.TlsSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * The TLS side of the operations endpoint. As in Fabric, a client that shows a certificate is always checked; whether it must
 * show one is a setting.
 */
public record OperationsTls(SSLContext context, boolean clientAuthRequired) {
    private static final char[] NO_PASSWORD = {};

    /**
     * Reads the files that the configuration names.
     *
     * @throws IOException if one of them cannot be read or used, saying which
     */
    public static OperationsTls load(TlsSettings settings) throws IOException {
        try {
            KeyStore own = empty();
            own.setKeyEntry(
                    "server",
                    key(settings.key()),
                    NO_PASSWORD,
                    certificates(settings.certificate()).toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities(settings.clientRootCas()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return new OperationsTls(context, settings.clientAuthRequired());
        } catch (GeneralSecurityException e) {
            throw new IOException("operations.tls cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static KeyStore authorities(List<Path> files) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (Path file : files) {
            for (Certificate certificate : certificates(file)) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
        }
        return store;
    }

    private static List<Certificate> certificates(Path file) throws GeneralSecurityException, IOException {
        try (var stream = Files.newInputStream(file)) {
            List<Certificate> found =
                    new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(stream));
            if (found.isEmpty()) {
                throw new IOException(file + " has no PEM certificate in it");
            }
            return found;
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(text)) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                PrivateKeyInfo key = found instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : null;
                key = found instanceof PrivateKeyInfo pkcs8 ? pkcs8 : key;
                if (key != null) {
                    // The platform's own key factories do not go by the object identifiers that are in the file.
                    return new JcaPEMKeyConverter()
                            .setProvider(new BouncyCastleProvider())
                            .getPrivateKey(key);
                }
            }
        }
        throw new IOException(file + " has no PEM private key in it");
    }
}
