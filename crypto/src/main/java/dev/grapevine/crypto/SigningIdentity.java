package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PayloadSigner;
import dev.grapevine.proto.PkiId;

/** An identity we hold the key of. Safe from any thread. */
public interface SigningIdentity extends PayloadSigner {
    MspId mspId();

    /** The serialised msp.SerializedIdentity: MSP ID and canonical PEM of the certificate. */
    ByteString serialized();

    PkiId pkiId();
}
