package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.sign.EcdsaSignature;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PayloadVerifier;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Someone who claims to be a member of an organisation; whether that holds is for {@link #validate()} to tell. What it
 * finds out it remembers: an MSP never changes.
 */
public final class Identity {
    private final Msp msp;
    private final PkiId pkiId;
    private final ByteString serialized;
    private final Certificate certificate;
    private final Rules rules;
    private final PayloadVerifier verifier;
    private @Nullable Standing standing;

    Identity(Msp msp, PkiId pkiId, ByteString serialized, Certificate certificate, Rules rules) {
        this.msp = msp;
        this.pkiId = pkiId;
        this.serialized = serialized;
        this.certificate = certificate;
        this.rules = rules;
        this.verifier = msp.verifier(certificate);
    }

    /**
     * Whether the certificate text of an identity is in the one form that the network accepts: a single PEM block of type
     * CERTIFICATE with nothing after it, and a canonically encoded signature. Empty if it is.
     */
    public static Optional<Rejection> wellFormed(ByteString idBytes) {
        try {
            demandWellFormed(idBytes);
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.rejection());
        }
    }

    private static void demandWellFormed(ByteString idBytes) throws RefusedException {
        Pem block = Pem.first(idBytes)
                .orElseThrow(() -> new RefusedException("malformed-identity", "there is no PEM block"));
        if (!block.rest().isEmpty()) {
            throw new RefusedException("malformed-identity", "bytes follow the PEM block");
        }
        if (!block.type().equals("CERTIFICATE") && !block.type().isEmpty()) {
            throw new RefusedException("malformed-identity", "the PEM type must be CERTIFICATE, not " + block.type());
        }
        Certificate certificate = Certificate.ofDer(block.content());
        boolean canonical = !certificate.isEcdsaSigned()
                || EcdsaSignature.parse(certificate.signature())
                        .map(EcdsaSignature::toDer)
                        .filter(certificate.signature()::equals)
                        .isPresent();
        if (!canonical) {
            throw new RefusedException("malformed-identity", "the certificate's signature is not canonically encoded");
        }
    }

    public MspId mspId() {
        return msp.id();
    }

    /** The gossip identity, computed from the fields as received. */
    public PkiId pkiId() {
        return pkiId;
    }

    /** The msp.SerializedIdentity as received. */
    public ByteString serialized() {
        return serialized;
    }

    /** What the MSP makes of it: MSP ID and canonical PEM of the low-S certificate. Differs from what was received if that was not so. */
    public ByteString canonical() {
        return SerializedIdentity.newBuilder()
                .setMspid(msp.id().name())
                .setIdBytes(certificate.pem())
                .build()
                .toByteString();
    }

    /** Fabric's identity identifier: SHA-256 of the DER of the certificate, its signature brought to low S. */
    public ByteString identifier() {
        return msp.identifier(certificate);
    }

    /** The certificate, its signature brought to low S. */
    public X509Certificate certificate() {
        return certificate.x509();
    }

    Certificate canonicalCertificate() {
        return certificate;
    }

    /** The last moment the certificate is good for; nothing here compares it with a clock. */
    public Instant notAfter() {
        return certificate.notAfter();
    }

    /** Why the MSP does not recognise this identity; empty if it is valid. Found out once. */
    public Optional<Rejection> validate() {
        return standing().fault();
    }

    private synchronized Standing standing() {
        if (standing == null) {
            standing = rules.judge(certificate);
        }
        return standing;
    }

    /** Whether the signature over the message is of this identity's key; asks nothing else. */
    public boolean verify(ByteString signature, ByteString message) {
        return verifier.verify(signature, message);
    }

    /** Why this identity is not what the principal demands; empty if it is. */
    public Optional<Rejection> satisfies(MSPPrincipal principal) {
        try {
            new Principals(this, rules).demand(principal);
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.rejection());
        }
    }

    /** The organizational units of the certificate's subject, in its order; none if it has no chain to a root. */
    public List<OrganizationalUnit> organizationalUnits() {
        return standing().units();
    }

    boolean isExplicitAdmin() {
        return rules.isExplicitAdmin(certificate);
    }

    boolean hasSameCertificate(ByteString otherSerialized) {
        return msp.deserialize(otherSerialized)
                .accepted()
                .filter(other -> other.certificate.equals(certificate))
                .isPresent();
    }

    @Override
    public String toString() {
        return msp.id() + " " + certificate + " (" + pkiId + ")";
    }
}
