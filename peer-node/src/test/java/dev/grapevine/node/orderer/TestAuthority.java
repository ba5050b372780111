package dev.grapevine.node.orderer;

import com.google.protobuf.ByteString;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A TLS authority for a test, with what it issues. */
final class TestAuthority {
    private final KeyPair key = newKey();
    private final X509Certificate root;
    private long serial = 1;

    /** A certificate with its key. */
    record Issued(KeyPair key, X509Certificate certificate) {}

    TestAuthority(String name) throws Exception {
        this.root = issue(name, key, new GeneralNames(new GeneralName(GeneralName.dNSName, "authority")), true);
    }

    private static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private X509Certificate issue(String name, KeyPair subject, GeneralNames names, boolean authority)
            throws Exception {
        X500Name issuer = root == null
                ? new X500Name("CN=" + name)
                : new X500Name(root.getSubjectX500Principal().getName());
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(serial++),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofHours(1))),
                new X500Name("CN=" + name),
                subject.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        builder.addExtension(Extension.subjectAlternativeName, false, names);
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    }

    /** A certificate for an IP address. */
    Issued issue(String name, String address) throws Exception {
        KeyPair subject = newKey();
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.iPAddress, address));
        return new Issued(subject, issue(name, subject, names, false));
    }

    ByteString pem() throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(root);
        }
        return ByteString.copyFromUtf8(text.toString());
    }

    /** A server's context that demands a client certificate of this authority, or none. */
    SslContext server(Issued server, boolean clientAuthentication) throws Exception {
        return GrpcSslContexts.configure(SslContextBuilder.forServer(server.key.getPrivate(), server.certificate))
                .trustManager(root)
                .clientAuth(clientAuthentication ? ClientAuth.REQUIRE : ClientAuth.NONE)
                .build();
    }

    static KeyManager keyManager(Issued client) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", client.key.getPrivate(), new char[0], new X509Certificate[] {client.certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers()[0];
    }
}
