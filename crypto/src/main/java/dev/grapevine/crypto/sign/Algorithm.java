package dev.grapevine.crypto.sign;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;

/**
 * One signature algorithm of one provider. Its engine is kept per thread: looking one up costs as much as a tenth of a
 * native verification.
 */
final class Algorithm {
    private final ThreadLocal<Signature> engine;

    Algorithm(String name, Provider provider) {
        engine = ThreadLocal.withInitial(() -> create(name, provider));
    }

    /** This thread's engine; whoever takes it initialises it first. */
    Signature engine() {
        return engine.get();
    }

    private static Signature create(String name, Provider provider) {
        try {
            return Signature.getInstance(name, provider);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(provider.getName() + " has lost its " + name, e);
        }
    }
}
