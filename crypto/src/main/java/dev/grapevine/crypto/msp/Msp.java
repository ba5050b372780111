package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/** The membership service provider of one organisation: who its members are, according to one configuration. */
public final class Msp {
    private Msp() {}

    /** Sets an MSP up from its configuration in a channel; any fault in it refuses the MSP. */
    public static Verdict<Msp> of(MSPConfig config, MspVersion version, SignatureProvider provider) {
        return Pending.value();
    }

    /** Sets the local MSP up from its directory (cacerts, config.yaml and so on); needs no signing key. */
    public static Verdict<Msp> ofDirectory(Path directory, MspId id, MspVersion version, SignatureProvider provider) {
        return Pending.value();
    }

    public MspId id() {
        return Pending.value();
    }

    /** The identity that the bytes of a msp.SerializedIdentity stand for; says nothing yet about its being valid. */
    public Verdict<Identity> deserialize(ByteString serialized) {
        try {
            return deserialize(SerializedIdentity.parseFrom(serialized));
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-identity", "not a SerializedIdentity: " + e.getMessage());
        }
    }

    /** The same, of an already parsed identity. */
    public Verdict<Identity> deserialize(SerializedIdentity serialized) {
        return Pending.value();
    }

    /** The root certificates that TLS certificates of this organisation chain up to. */
    public List<X509Certificate> tlsRoots() {
        return List.of();
    }

    /** The intermediate certificates of the TLS authorities. */
    public List<X509Certificate> tlsIntermediates() {
        return List.of();
    }

    /** {@link #tlsRoots()} as they were configured: PEM. */
    public List<ByteString> tlsRootPems() {
        return List.of();
    }

    /** {@link #tlsIntermediates()} as they were configured: PEM. */
    public List<ByteString> tlsIntermediatePems() {
        return List.of();
    }
}
