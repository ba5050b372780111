package dev.grapevine.crypto.sign;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.PayloadSigner;
import dev.grapevine.proto.PayloadVerifier;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Where the arithmetic of signatures comes from: Bouncy Castle, or a native provider that is on the class path. What counts
 * as a signature does not depend on it; only the speed does, and whether equal inputs give equal signatures.
 */
public final class SignatureProvider {
    private static final Provider BOUNCY = new BouncyCastleProvider();
    private static final Algorithm ED25519 = new Algorithm("Ed25519", BOUNCY);
    private static final Algorithm SHA3_ECDSA = new Algorithm("SHA3-256withECDSA", BOUNCY);
    private static final SignatureProvider BOUNCY_CASTLE = new SignatureProvider(BOUNCY, "SHA256withECDDSA");

    private final Provider provider;
    private final Algorithm verification;
    private final Algorithm signing;

    private SignatureProvider(Provider provider, String signing) {
        this.provider = provider;
        this.verification = new Algorithm("SHA256withECDSA", provider);
        this.signing = new Algorithm(signing, provider);
    }

    /** Bouncy Castle: always there, and its signatures are deterministic (RFC 6979), so that simulations reproduce. */
    public static SignatureProvider bouncyCastle() {
        return BOUNCY_CASTLE;
    }

    /**
     * The fastest provider on the class path, by a measurement of some tenths of a second that is made once per process.
     * Native ones draw random nonces: equal payloads get different signatures.
     */
    public static SignatureProvider fastest() {
        return ProviderRace.winner();
    }

    /**
     * A provider by name: {@code bouncycastle}, {@code accp} (Amazon Corretto Crypto Provider), {@code conscrypt}, or
     * {@code auto} for the fastest.
     *
     * @throws IllegalArgumentException if there is no such name, or that provider is not on the class path
     */
    public static SignatureProvider named(String name) {
        return ProviderRace.named(name);
    }

    /** Any provider that offers SHA256withECDSA; it need not be registered with the platform. */
    public static SignatureProvider of(Provider provider) {
        return new SignatureProvider(provider, "SHA256withECDSA");
    }

    /** The name of the platform provider behind it, for the log. */
    public String name() {
        return provider.getName();
    }

    /**
     * Checks signatures of one key as Fabric does: ECDSA over the hash with low s, or Ed25519 over the payload itself. A key
     * of any other kind has no valid signatures.
     */
    public PayloadVerifier verifier(PublicKey key, HashFamily hashes) {
        try {
            if (Keys.isEdwards(key)) {
                PublicKey own = Keys.of(key, BOUNCY);
                return (signature, payload) -> EcdsaVerifier.verify(ED25519, own, signature, payload);
            }
            Optional<BigInteger> order = Keys.order(key);
            if (order.isEmpty()) {
                return (signature, payload) -> false;
            }
            return hashes == HashFamily.SHA3
                    ? new EcdsaVerifier(SHA3_ECDSA, Keys.of(key, BOUNCY), order.get())
                    : new EcdsaVerifier(verification, Keys.of(key, provider), order.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(name() + " cannot use this public key: " + e.getMessage(), e);
        }
    }

    /**
     * Signs with one key: ECDSA with low s, or Ed25519.
     *
     * @throws IllegalArgumentException if the key is of any other kind
     */
    public PayloadSigner signer(PrivateKey key, HashFamily hashes) {
        try {
            if (Keys.isEdwards(key)) {
                return new Signer(ED25519, Keys.of(key, BOUNCY), UnaryOperator.identity());
            }
            BigInteger order = Keys.order(key)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "a signing key must be of an elliptic curve or Ed25519, not " + key.getAlgorithm()));
            UnaryOperator<ByteString> lowS = signature -> EcdsaSignature.parse(signature)
                    .orElseThrow(() -> new IllegalStateException(name() + " made a malformed signature"))
                    .withLowS(order)
                    .toDer();
            return hashes == HashFamily.SHA3
                    ? new Signer(new Algorithm("SHA3-256withECDDSA", BOUNCY), Keys.of(key, BOUNCY), lowS)
                    : new Signer(signing, Keys.of(key, provider), lowS);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(name() + " cannot use this private key: " + e.getMessage(), e);
        }
    }
}
