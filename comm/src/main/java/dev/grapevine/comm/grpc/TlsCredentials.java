package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Sha256;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * A TLS certificate of ours with its key.
 *
 * @param chain the leaf first
 */
public record TlsCredentials(List<X509Certificate> chain, PrivateKey key) {
    /** @throws IllegalArgumentException if the chain is empty */
    public TlsCredentials {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("TLS credentials need at least the leaf certificate");
        }
    }

    /**
     * Credentials from a Fabric TLS folder's {@code server.crt} and {@code server.key}.
     *
     * @param certificates PEM, the leaf first
     * @param key PEM, PKCS#8 or SEC1, not encrypted
     * @throws IllegalArgumentException if either is not that, or the key is not that of the leaf
     */
    public static TlsCredentials ofPem(ByteString certificates, ByteString key) {
        TlsCredentials credentials = new TlsCredentials(Pem.certificates(certificates), parseKey(key.toStringUtf8()));
        credentials.requireMatch();
        return credentials;
    }

    /** A wrong key would show only in the first handshake, and there as the other side's complaint. */
    private void requireMatch() {
        try {
            Signature signature = Signature.getInstance(signatureAlgorithm());
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(chain.get(0));
            if (!signature.verify(signed)) {
                throw new IllegalArgumentException("the TLS key is not the one of the certificate");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the TLS key does not go with the certificate: " + e.getMessage(), e);
        }
    }

    private String signatureAlgorithm() {
        return switch (key.getAlgorithm()) {
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
    }

    private static PrivateKey parseKey(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof PrivateKeyInfo info) {
                    return new JcaPEMKeyConverter().getPrivateKey(info);
                }
                if (part instanceof PEMKeyPair pair) {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the TLS key is not readable: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("the TLS key file holds no private key in PEM");
    }

    /** Presents this certificate to whoever asks for one, whichever authorities it names. */
    public X509ExtendedKeyManager keyManager() {
        return new OneKey(this);
    }

    /** SHA-256 of the DER of the leaf, by which handshakes name this certificate. */
    public ByteString hash() {
        return hash(chain.get(0));
    }

    static ByteString hash(Certificate certificate) {
        try {
            return Sha256.of(ByteString.copyFrom(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate always has its DER", e);
        }
    }
}
