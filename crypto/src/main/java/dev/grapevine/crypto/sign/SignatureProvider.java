package dev.grapevine.crypto.sign;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Where the arithmetic of signatures comes from. */
public final class SignatureProvider {
    private static final SignatureProvider BOUNCY_CASTLE = new SignatureProvider(new BouncyCastleProvider());

    private final Provider provider;

    private SignatureProvider(Provider provider) {
        this.provider = provider;
    }

    /** Bouncy Castle: always there, and its signatures are deterministic (RFC 6979), so that simulations reproduce. */
    public static SignatureProvider bouncyCastle() {
        return BOUNCY_CASTLE;
    }

    /** The name of the platform provider behind it, for the log. */
    public String name() {
        return provider.getName();
    }
}
