package dev.grapevine.crypto.sign;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** Keys of one provider made from those of another. */
final class Keys {
    private Keys() {}

    /** The order of the group of an elliptic-curve key; none for other kinds of keys. */
    static Optional<BigInteger> order(Key key) {
        return key instanceof ECKey ec ? Optional.of(ec.getParams().getOrder()) : Optional.empty();
    }

    static PublicKey of(PublicKey key, Provider provider) throws GeneralSecurityException {
        return KeyFactory.getInstance(family(key), provider).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    }

    static PrivateKey of(PrivateKey key, Provider provider) throws GeneralSecurityException {
        return KeyFactory.getInstance(family(key), provider).generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    }

    static boolean isEdwards(Key key) {
        return key.getAlgorithm().equals("Ed25519") || key.getAlgorithm().equals("EdDSA");
    }

    private static String family(Key key) {
        return key instanceof ECKey ? "EC" : "Ed25519";
    }
}
