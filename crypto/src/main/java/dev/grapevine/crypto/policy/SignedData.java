package dev.grapevine.crypto.policy;

import com.google.protobuf.ByteString;

/**
 * A signature with what it claims.
 *
 * @param identity the serialised msp.SerializedIdentity of the signer
 * @param data the bytes that are signed
 * @param signature the signature over them
 */
public record SignedData(ByteString identity, ByteString data, ByteString signature) {}
