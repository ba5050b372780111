package dev.grapevine.crypto.sign;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.PayloadVerifier;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the providers on the class path and lets them verify against each other for a moment. */
final class ProviderRace {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderRace.class);
    private static final Map<String, String> NATIVE = new TreeMap<>(Map.of(
            "accp", "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider",
            "conscrypt", "org.conscrypt.OpenSSLProvider"));
    private static final long WARM_UP_NANOS = 60_000_000;
    private static final long MEASURED_NANOS = 40_000_000;

    private ProviderRace() {}

    private static final class Holder {
        private static final SignatureProvider WINNER = run();
    }

    static SignatureProvider winner() {
        return Holder.WINNER;
    }

    static SignatureProvider named(String name) {
        return switch (name) {
            case "auto" -> winner();
            case "bouncycastle" -> SignatureProvider.bouncyCastle();
            default -> {
                String type = NATIVE.get(name);
                if (type == null) {
                    throw new IllegalArgumentException("no signature provider is called '" + name
                            + "'; use auto, bouncycastle or one of " + NATIVE.keySet());
                }
                yield load(type)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the signature provider '" + name + "' needs " + type + " on the class path"));
            }
        };
    }

    private static SignatureProvider run() {
        SignatureProvider bouncy = SignatureProvider.bouncyCastle();
        List<SignatureProvider> runners = new ArrayList<>(List.of(bouncy));
        NATIVE.values().forEach(type -> load(type).ifPresent(runners::add));
        if (runners.size() == 1) {
            return bouncy;
        }
        SignatureProvider best = bouncy;
        long bestCount = -1;
        for (SignatureProvider runner : runners) {
            long count = verifications(runner);
            LOG.info("{} verifies {} signatures a second", runner.name(), count * (1_000_000_000L / MEASURED_NANOS));
            if (count > bestCount) {
                best = runner;
                bestCount = count;
            }
        }
        return best;
    }

    /** How many verifications it manages in the measured time; -1 if it gets one wrong. */
    private static long verifications(SignatureProvider runner) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
            generator.initialize(new ECGenParameterSpec("P-256"));
            KeyPair pair = generator.generateKeyPair();
            ByteString payload = ByteString.copyFromUtf8("grapevine");
            ByteString signature =
                    runner.signer(pair.getPrivate(), HashFamily.SHA2).sign(payload);
            PayloadVerifier verifier = runner.verifier(pair.getPublic(), HashFamily.SHA2);
            return verifier.verify(signature, payload)
                            && !verifier.verify(signature, signature)
                            && count(verifier, signature, payload, WARM_UP_NANOS) > 0
                    ? count(verifier, signature, payload, MEASURED_NANOS)
                    : -1;
        } catch (GeneralSecurityException | RuntimeException e) {
            LOG.warn("{} is of no use here: {}", runner.name(), e.toString());
            return -1;
        }
    }

    private static long count(PayloadVerifier verifier, ByteString signature, ByteString payload, long nanos) {
        long start = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - start < nanos) {
            if (!verifier.verify(signature, payload)) {
                return -1;
            }
            count++;
        }
        return count;
    }

    private static Optional<SignatureProvider> load(String type) {
        try {
            Object provider = Class.forName(type).getConstructor().newInstance();
            return Optional.of(SignatureProvider.of((Provider) provider));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.warn("{} is on the class path but does not start: {}", type, e.toString());
            return Optional.empty();
        }
    }
}
