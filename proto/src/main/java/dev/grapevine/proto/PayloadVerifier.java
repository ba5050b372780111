package dev.grapevine.proto;

import com.google.protobuf.ByteString;

/** Answers whether a signature over a payload is that of one given identity. */
@FunctionalInterface
public interface PayloadVerifier {
    /** Whether {@code signature} is valid over exactly {@code payload}; false for anything malformed, never an exception. */
    boolean verify(ByteString signature, ByteString payload);
}
