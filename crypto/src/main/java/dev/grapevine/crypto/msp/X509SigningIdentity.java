package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Verdict;
import java.nio.file.Path;

/** This node's own identity: the certificate and key of a local MSP directory. */
public final class X509SigningIdentity implements SigningIdentity {
    private X509SigningIdentity() {}

    /** Loads it from {@code signcerts} and {@code keystore} of an MSP directory. */
    public static Verdict<X509SigningIdentity> ofDirectory(
            Path directory, MspId id, MspVersion version, SignatureProvider provider) {
        return Pending.value();
    }

    /** Our own identity as others will see it. */
    public Identity identity() {
        return Pending.value();
    }

    @Override
    public MspId mspId() {
        return Pending.value();
    }

    @Override
    public ByteString serialized() {
        return Pending.value();
    }

    @Override
    public PkiId pkiId() {
        return Pending.value();
    }

    @Override
    public ByteString sign(ByteString payload) {
        return Pending.value();
    }
}
