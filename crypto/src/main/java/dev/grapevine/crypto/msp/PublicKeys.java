package dev.grapevine.crypto.msp;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;

/** Which public keys an MSP can do something with. */
final class PublicKeys {
    private static final Set<String> CURVES = Set.of("P-224", "P-256", "P-384", "P-521");
    private static final Set<String> CURVE_ALIASES =
            Set.of("secp224r1", "prime256v1", "secp256r1", "secp384r1", "secp521r1");

    private PublicKeys() {}

    /** @throws RefusedException if the key lies on a curve that is not one of the four of NIST */
    static void demandKnownCurve(PublicKey key) throws RefusedException {
        if (key instanceof ECPublicKey ec
                && ec.getParams() instanceof org.bouncycastle.jce.spec.ECNamedCurveSpec named
                && !CURVES.contains(named.getName())
                && !CURVE_ALIASES.contains(named.getName())) {
            throw new RefusedException("unsupported-key", "a key on the curve " + named.getName());
        }
    }

    /** Elliptic curves and RSA import under every version, Ed25519 from 3.0 on. */
    static void demandImportable(PublicKey key, MspVersion version) throws RefusedException {
        boolean known = key instanceof ECPublicKey
                || key instanceof RSAPublicKey
                || (isEd25519(key) && version.includes(MspVersion.V3_0));
        if (!known) {
            throw new RefusedException("unsupported-key", "a key of type " + key.getAlgorithm() + " under " + version);
        }
    }

    /** From 3.0 on, members have keys that can sign: RSA is for authorities only. */
    static void demandSigning(PublicKey key, MspVersion version) throws RefusedException {
        if (version.includes(MspVersion.V3_0) && !(key instanceof ECPublicKey) && !isEd25519(key)) {
            throw new RefusedException("unsupported-key", "members cannot have keys of type " + key.getAlgorithm());
        }
    }

    private static boolean isEd25519(PublicKey key) {
        return key.getAlgorithm().equals("Ed25519") || key.getAlgorithm().equals("EdDSA");
    }
}
