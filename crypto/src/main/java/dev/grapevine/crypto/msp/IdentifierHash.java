package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The hash that identities and certifiers are identified by (Fabric's {@code identity_identifier_hash_function}). */
enum IdentifierHash {
    SHA256("SHA-256"),
    SHA384("SHA-384"),
    SHA3_256("SHA3-256"),
    SHA3_384("SHA3-384");

    private final String algorithm;

    IdentifierHash(String algorithm) {
        this.algorithm = algorithm;
    }

    static IdentifierHash named(String name) throws RefusedException {
        if (name.isEmpty()) {
            return SHA256;
        }
        for (IdentifierHash hash : values()) {
            if (hash.name().equals(name)) {
                return hash;
            }
        }
        throw new RefusedException("unknown-hash", "identity_identifier_hash_function '" + name + "' is none we know");
    }

    ByteString of(List<ByteString> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (ByteString part : parts) {
                part.asReadOnlyByteBufferList().forEach(digest::update);
            }
            return ByteString.copyFrom(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
