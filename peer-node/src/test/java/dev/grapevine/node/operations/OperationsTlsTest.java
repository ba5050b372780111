package dev.grapevine.node.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grapevine.node.config.TlsSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsTlsTest {
    @TempDir
    Path folder;

    private Path certificate;
    private Path pkcs8;
    private Path sec1;

    @BeforeEach
    void makeCredentials() throws Exception {
        // Unlike the platform's, its keys name their curve inside, too, as SEC 1 files do.
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=localhost");
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                name,
                pair.getPublic());
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost"));
        builder.addExtension(Extension.subjectAlternativeName, false, names);
        certificate = pem(
                "server.crt", builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        pkcs8 = pem("pkcs8.key", new JcaPKCS8Generator(pair.getPrivate(), null));
        sec1 = pem("sec1.key", pair.getPrivate());
    }

    @Test
    void showsMetricsAndLogLevelsOnlyToClientsWithACertificate() throws Exception {
        try (OperationsEndpoint endpoint = start(pkcs8, false)) {
            SSLContext nobody = SSLContext.getInstance("TLS");
            SSLContext known = OperationsTls.load(settings(sec1, false)).context();
            nobody.init(null, TrustTheServer.managers(certificate), null);

            assertThat(status(endpoint, nobody, "/healthz")).isEqualTo(200);
            assertThat(status(endpoint, nobody, "/version")).isEqualTo(200);
            assertThat(status(endpoint, nobody, "/logspec")).isEqualTo(401);
            assertThat(status(endpoint, nobody, "/metrics")).isEqualTo(401);
            assertThat(status(endpoint, known, "/logspec")).isEqualTo(200);
        }
    }

    @Test
    void turnsAwayEverybodyWithoutACertificateWhereOneIsRequired() throws Exception {
        try (OperationsEndpoint endpoint = start(sec1, true)) {
            SSLContext nobody = SSLContext.getInstance("TLS");
            nobody.init(null, TrustTheServer.managers(certificate), null);

            assertThatThrownBy(() -> status(endpoint, nobody, "/healthz")).isInstanceOf(IOException.class);
            assertThat(status(
                            endpoint, OperationsTls.load(settings(pkcs8, true)).context(), "/healthz"))
                    .isEqualTo(200);
        }
    }

    @Test
    void namesTheFileThatHasNoKeyInIt() {
        assertThatThrownBy(() -> OperationsTls.load(settings(certificate, false)))
                .hasMessageContaining("server.crt has no PEM private key in it");
    }

    private OperationsEndpoint start(Path key, boolean required) throws IOException {
        LogSpec levels = new LogSpec() {
            @Override
            public String current() {
                return "info";
            }

            @Override
            public void activate(String spec) {
                throw new IllegalArgumentException("fixed");
            }
        };
        return OperationsEndpoint.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(OperationsTls.load(settings(key, required))),
                "1",
                new HealthChecks(),
                Optional.empty(),
                levels);
    }

    private TlsSettings settings(Path key, boolean required) {
        return new TlsSettings(certificate, key, Optional.empty(), required, List.of(certificate), certificate, key);
    }

    private static int status(OperationsEndpoint endpoint, SSLContext context, String path) throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        URI uri = URI.create("https://localhost:" + endpoint.address().getPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private Path pem(String name, Object content) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(content);
        }
        return Files.writeString(folder.resolve(name), text.toString());
    }
}
