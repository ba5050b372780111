package dev.grapevine.proto;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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

    /** Straight from the bytes: a digest that is given a read-only buffer copies it first. */
    private static void update(MessageDigest digest, ByteString part) {
        try {
            DirectBytes.write(part, new Input(digest));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a digest cannot fail", e);
        }
    }

    private static final class Input extends OutputStream {
        private final MessageDigest digest;

        Input(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void write(int single) {
            digest.update((byte) single);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
