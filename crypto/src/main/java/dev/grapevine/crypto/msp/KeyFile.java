package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jcajce.interfaces.EdDSAPrivateKey;
import org.bouncycastle.jce.interfaces.ECPublicKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Private keys as files hold them: PKCS#8 or, for elliptic curves, SEC 1. */
final class KeyFile {
    private KeyFile() {}

    /**
     * The key in a keystore folder that belongs to a public key, whatever its file is called (Fabric's tools call it
     * {@code priv_sk} or by the key's identifier).
     */
    static PrivateKey find(Path keystore, PublicKey wanted) throws RefusedException {
        List<String> looked = new ArrayList<>();
        for (Path file : MspDirectory.files(keystore)) {
            for (PrivateKey key : keys(MspDirectory.text(file))) {
                if (belongs(key, wanted)) {
                    return key;
                }
            }
            looked.add(file.getFileName().toString());
        }
        throw new RefusedException(
                "no-private-key",
                "none of " + looked + " in " + keystore
                        + " is an unencrypted private key (PKCS#8 or SEC 1) of the certificate");
    }

    private static List<PrivateKey> keys(ByteString text) {
        List<PrivateKey> keys = new ArrayList<>();
        for (var block = Pem.first(text);
                block.isPresent();
                block = Pem.first(block.get().rest())) {
            key(block.get()).ifPresent(keys::add);
        }
        return keys;
    }

    /** The key in a block; none if the block holds something else (curve parameters or certificates may stand beside it). */
    private static Optional<PrivateKey> key(Pem block) {
        try {
            return Optional.ofNullable(BouncyCastleProvider.getPrivateKey(info(block)));
        } catch (IOException | RuntimeException notAPrivateKey) {
            return Optional.empty();
        }
    }

    private static PrivateKeyInfo info(Pem block) throws IOException {
        byte[] content = block.content().toByteArray();
        if (!block.type().equals("EC PRIVATE KEY")) {
            return PrivateKeyInfo.getInstance(content);
        }
        ECPrivateKey sec1 = ECPrivateKey.getInstance(content);
        AlgorithmIdentifier curve =
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, sec1.getParametersObject());
        return new PrivateKeyInfo(curve, sec1);
    }

    private static boolean belongs(PrivateKey key, PublicKey wanted) {
        try {
            if (key instanceof EdDSAPrivateKey edwards) {
                return edwards.getPublicKey().equals(BouncyCastleProvider.getPublicKey(info(wanted)));
            }
            return key instanceof org.bouncycastle.jce.interfaces.ECPrivateKey ec
                    && BouncyCastleProvider.getPublicKey(info(wanted)) instanceof ECPublicKey expected
                    && ec.getParameters().equals(expected.getParameters())
                    && ec.getParameters().getG().multiply(ec.getD()).equals(expected.getQ());
        } catch (IOException e) {
            return false;
        }
    }

    private static SubjectPublicKeyInfo info(PublicKey key) {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded());
    }
}
