package dev.grapevine.proto;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over byte strings, without copying them together first. */
public final class Sha256 {
    /** Length of a digest, in bytes. */
    public static final int LENGTH = 32;

    private Sha256() {}

    /** SHA-256 of the concatenation of {@code parts}. */
    public static ByteString of(ByteString... parts) {
        MessageDigest digest = digest();
        for (ByteString part : parts) {
            update(digest, part);
        }
        return ByteString.copyFrom(digest.digest());
    }

    /** SHA-256 of the concatenation of {@code parts}. */
    public static ByteString of(Iterable<ByteString> parts) {
        MessageDigest digest = digest();
        for (ByteString part : parts) {
            update(digest, part);
        }
        return ByteString.copyFrom(digest.digest());
    }

    private static void update(MessageDigest digest, ByteString part) {
        part.asReadOnlyByteBufferList().forEach(digest::update);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
