package dev.grapevine.interop.lab;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The certificate authority of an organisation of the lab, with the key that cryptogen left for it. */
public final class CertificateIssuer {
    private final X509Certificate own;
    private final PrivateKey key;

    private CertificateIssuer(X509Certificate own, PrivateKey key) {
        this.own = own;
        this.key = key;
    }

    public static CertificateIssuer of(Organisation organisation) {
        Path folder = organisation.folder().resolve("ca");
        try {
            return new CertificateIssuer(
                    read(folder.resolve("ca." + organisation.domain() + "-cert.pem")),
                    KeyFactory.getInstance("EC")
                            .generatePrivate(new PKCS8EncodedKeySpec(content(folder.resolve("priv_sk")))));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot use the authority in " + folder, e);
        }
    }

    private static byte[] content(Path pem) throws IOException {
        String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
        return Base64.getMimeDecoder().decode(text);
    }

    /** A certificate in PEM. */
    static X509Certificate read(Path pem) {
        try (InputStream stream = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(pem + " is not a certificate", e);
        }
    }

    /** A CRL in PEM with the certificate of a member's MSP folder. */
    public ByteString revoking(Path mspFolder) {
        X509Certificate revoked = read(Folders.onlyFile(mspFolder.resolve("signcerts")));
        Instant now = Instant.now();
        try {
            X509v2CRLBuilder crl = new X509v2CRLBuilder(subject(), Date.from(now.minus(Duration.ofHours(1))));
            crl.setNextUpdate(Date.from(now.plus(Duration.ofDays(365))));
            crl.addCRLEntry(revoked.getSerialNumber(), Date.from(now), CRLReason.keyCompromise);
            crl.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(own));
            return pem("X509 CRL", crl.build(signer()).getEncoded());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make the CRL", e);
        }
    }

    /** An identity of a client, as an MSP folder, whose certificate was valid until an hour ago. */
    public Path expiredClient(Path likeMspFolder, Path folder) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            Instant end = Instant.now().minus(Duration.ofHours(1));
            X509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                    subject(),
                    BigInteger.valueOf(end.getEpochSecond()),
                    own.getNotBefore(),
                    Date.from(end),
                    new X500Name("CN=Late@org1.lab,OU=client"),
                    pair.getPublic());
            certificate.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(own));
            X509Certificate issued = new JcaX509CertificateConverter().getCertificate(certificate.build(signer()));
            Folders.copy(likeMspFolder, folder);
            Files.write(
                    Folders.onlyFile(folder.resolve("signcerts")),
                    pem("CERTIFICATE", issued.getEncoded()).toByteArray());
            Files.write(
                    Folders.onlyFile(folder.resolve("keystore")),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()).toByteArray());
            return folder;
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot issue a certificate", e);
        }
    }

    private X500Name subject() {
        return X500Name.getInstance(own.getSubjectX500Principal().getEncoded());
    }

    private ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
    }

    private static ByteString pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return ByteString.copyFromUtf8("-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }
}
