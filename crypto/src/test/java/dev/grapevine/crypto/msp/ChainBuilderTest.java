package dev.grapevine.crypto.msp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class ChainBuilderTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    private final KeyPair rootKey = key();
    private final KeyPair middleKey = key();
    private final KeyPair leafKey = key();

    @Test
    void findsTheWayOverAnIntermediate() throws Exception {
        Certificate root = root(new BasicConstraints(true));
        Certificate middle = authority("CN=middle", middleKey, new BasicConstraints(true));
        Certificate leaf = leaf("CN=middle", middleKey);
        assertThat(new ChainBuilder(List.of(root), List.of(middle)).onlyChain(leaf))
                .containsExactly(leaf, middle, root);
        assertThat(new ChainBuilder(List.of(root), List.of()).onlyChain(root)).containsExactly(root);
    }

    @Test
    void aPathLengthOfZeroForbidsIntermediates() throws Exception {
        Certificate root = root(new BasicConstraints(0));
        Certificate middle = authority("CN=middle", middleKey, new BasicConstraints(true));
        ChainBuilder chains = new ChainBuilder(List.of(root), List.of(middle));
        assertThat(refusal(chains, leaf("CN=middle", middleKey))).isEqualTo("unknown-authority");
        assertThat(chains.onlyChain(leaf("CN=root", rootKey))).hasSize(2);
    }

    @Test
    void twoWaysUpAreOneTooMany() throws Exception {
        Certificate one = root(new BasicConstraints(true));
        Certificate other = root(new BasicConstraints(true), new Entry(Extension.keyUsage, certSign()));
        Certificate middle = authority("CN=middle", middleKey, new BasicConstraints(true));
        ChainBuilder chains = new ChainBuilder(List.of(one, other), List.of(middle));
        assertThat(refusal(chains, leaf("CN=middle", middleKey))).isEqualTo("ambiguous-chain");
    }

    @Test
    void anIssuerMustBeAnAuthorityThatMaySign() throws Exception {
        Certificate noAuthority = root(new BasicConstraints(false));
        Certificate noSigner = root(
                new BasicConstraints(true), new Entry(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature)));
        Certificate leaf = leaf("CN=root", rootKey);
        assertThat(refusal(new ChainBuilder(List.of(noAuthority), List.of()), leaf))
                .isEqualTo("unknown-authority");
        assertThat(refusal(new ChainBuilder(List.of(noSigner), List.of()), leaf))
                .isEqualTo("unknown-authority");
    }

    @Test
    void extendedKeyUsagesOfTheWholeChainMustIncludeServers() throws Exception {
        Entry clientOnly = usage(KeyPurposeId.id_kp_clientAuth);
        Entry server = usage(KeyPurposeId.id_kp_serverAuth);
        ChainBuilder plain = new ChainBuilder(List.of(root(new BasicConstraints(true))), List.of());
        ChainBuilder narrow = new ChainBuilder(List.of(root(new BasicConstraints(true), clientOnly)), List.of());
        assertThat(plain.onlyChain(leaf("CN=root", rootKey, server))).hasSize(2);
        assertThat(refusal(plain, leaf("CN=root", rootKey, clientOnly))).isEqualTo("extended-key-usage");
        assertThat(refusal(narrow, leaf("CN=root", rootKey))).isEqualTo("extended-key-usage");
    }

    @Test
    void anUnknownCriticalExtensionRefusesTheCertificate() throws Exception {
        ChainBuilder chains = new ChainBuilder(List.of(root(new BasicConstraints(true))), List.of());
        Entry unknown = new Entry(new ASN1ObjectIdentifier("1.2.3.4"), DERNull.INSTANCE);
        assertThat(refusal(chains, leaf("CN=root", rootKey, unknown))).isEqualTo("unhandled-critical-extension");
    }

    @Test
    void nameConstraintsBindAlternativeNamesAndDemandThemOfHosts() throws Exception {
        Entry constraints = new Entry(
                Extension.nameConstraints,
                new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(dns("org1.test"))}, null));
        ChainBuilder chains = new ChainBuilder(List.of(root(new BasicConstraints(true), constraints)), List.of());
        assertThat(chains.onlyChain(leaf("CN=root", rootKey, names("a.org1.test"))))
                .hasSize(2);
        assertThat(refusal(chains, leaf("CN=root", rootKey, names("a.org2.test"))))
                .isEqualTo("unknown-authority");
        assertThat(refusal(chains, leaf("CN=root", rootKey))).isEqualTo("name-constraint");
    }

    private record Entry(ASN1ObjectIdentifier oid, ASN1Encodable value) {}

    private static Entry usage(KeyPurposeId purpose) {
        return new Entry(Extension.extendedKeyUsage, new ExtendedKeyUsage(purpose));
    }

    private static Entry names(String host) {
        return new Entry(Extension.subjectAlternativeName, new GeneralNames(dns(host)));
    }

    private static GeneralName dns(String host) {
        return new GeneralName(GeneralName.dNSName, host);
    }

    private static KeyUsage certSign() {
        return new KeyUsage(KeyUsage.keyCertSign);
    }

    private Certificate root(BasicConstraints constraints, Entry... more) throws Exception {
        return certificate("CN=root", rootKey, "CN=root", rootKey, constraints, more);
    }

    private Certificate authority(String name, KeyPair key, BasicConstraints constraints) throws Exception {
        return certificate(name, key, "CN=root", rootKey, constraints);
    }

    private Certificate leaf(String issuer, KeyPair issuerKey, Entry... more) throws Exception {
        return certificate("CN=leaf", leafKey, issuer, issuerKey, new BasicConstraints(false), more);
    }

    private static Certificate certificate(
            String subject, KeyPair key, String issuer, KeyPair issuerKey, BasicConstraints constraints, Entry... more)
            throws Exception {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                        new X500Name(issuer),
                        BigInteger.TEN,
                        Date.from(START),
                        Date.from(START.plusSeconds(1000)),
                        new X500Name(subject),
                        SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()))
                .addExtension(Extension.basicConstraints, true, constraints);
        for (Entry entry : more) {
            builder.addExtension(entry.oid(), true, entry.value());
        }
        return Certificate.ofDer(ByteString.copyFrom(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .setProvider(BC)
                        .build(issuerKey.getPrivate()))
                .getEncoded()));
    }

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BC);
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String refusal(ChainBuilder chains, Certificate leaf) {
        return catchThrowableOfType(RefusedException.class, () -> chains.onlyChain(leaf))
                .rejection()
                .reason();
    }
}
