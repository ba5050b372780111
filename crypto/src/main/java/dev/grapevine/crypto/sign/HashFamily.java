package dev.grapevine.crypto.sign;

import java.util.Optional;

/** Which hash an organisation's ECDSA signatures are made over (Fabric's {@code signature_hash_family}). */
public enum HashFamily {
    /** SHA-256: the default, and what local MSP directories always mean. */
    SHA2("SHA256"),
    /** SHA3-256. */
    SHA3("SHA3-256");

    private final String digest;

    HashFamily(String digest) {
        this.digest = digest;
    }

    /** The family Fabric calls by this name; the empty name means the default; none for an unknown name. */
    public static Optional<HashFamily> named(String name) {
        return switch (name) {
            case "", "SHA2" -> Optional.of(SHA2);
            case "SHA3" -> Optional.of(SHA3);
            default -> Optional.empty();
        };
    }

    /** The digest as the platform's signature algorithms spell it. */
    String digest() {
        return digest;
    }
}
