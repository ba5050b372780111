package dev.grapevine.proto;

import com.google.protobuf.ByteString;

/** Signs with the key of this peer's enrolment certificate: ECDSA over SHA-256 of the payload, DER, low S. */
@FunctionalInterface
public interface PayloadSigner {
    /** The signature over exactly these bytes. */
    ByteString sign(ByteString payload);
}
