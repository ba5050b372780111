package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.MSPPrincipal;

/** A member of an organisation, as its certificate says; whether that holds is for {@link #validate()} to tell. */
public final class Identity {

    Identity() {}

    /**
     * Whether the certificate text of an identity is in the one form that the network accepts: a single PEM block of type
     * CERTIFICATE with nothing after it, and a canonically encoded signature. Empty if it is.
     */
    public static Optional<Rejection> wellFormed(ByteString idBytes) {
        return Pending.value();
    }

    public MspId mspId() {
        return Pending.value();
    }

    /** The gossip identity, computed from the fields as received. */
    public PkiId pkiId() {
        return Pending.value();
    }

    /** The msp.SerializedIdentity as received. */
    public ByteString serialized() {
        return Pending.value();
    }

    /** Fabric's identity identifier: SHA-256 of the DER of the certificate, its signature brought to low S. */
    public ByteString identifier() {
        return Pending.value();
    }

    /** The certificate, its signature brought to low S. */
    public X509Certificate certificate() {
        return Pending.value();
    }

    /** The last moment the certificate is good for; nothing here compares it with a clock. */
    public Instant notAfter() {
        return Pending.value();
    }

    /** Why the MSP does not recognise this identity; empty if it is valid. Computed once. */
    public Optional<Rejection> validate() {
        return Pending.value();
    }

    /** Whether the signature over the message is of this identity's key; asks nothing else. */
    public boolean verify(ByteString signature, ByteString message) {
        return Pending.value();
    }

    /** Why this identity is not what the principal demands; empty if it is. */
    public Optional<Rejection> satisfies(MSPPrincipal principal) {
        return Pending.value();
    }

    /** The organizational units of the certificate's subject, in its order; none if it has no chain to a root. */
    public List<OrganizationalUnit> organizationalUnits() {
        return Pending.value();
    }
}
