package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import java.time.Instant;

/**
 * An identity that passed its MSP's validation. Expiry is not part of that: compare {@link #notAfter()} with the clock.
 *
 * @param serialized the serialised msp.SerializedIdentity as received
 */
public record ValidIdentity(PkiId pkiId, MspId mspId, ByteString serialized, Instant notAfter) {}
