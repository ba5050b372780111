package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.sign.HashFamily;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PayloadVerifier;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Verdict;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/**
 * The membership service provider of one organisation: who its members are, according to one configuration. Immutable and
 * safe from any thread; the identities seen last are remembered with what was found out about them (at most
 * {@value IdentityCache#CAPACITY}).
 */
public final class Msp {
    /** The only kind of MSP peers have; the other (Idemix) is for clients. */
    private static final int X509_TYPE = 0;

    private final MspId id;
    private final Authorities authorities;
    private final Authorities tls;
    private final Rules rules;
    private final Optional<HashFamily> hashes;
    private final IdentifierHash identifiers;
    private final SignatureProvider provider;
    private final IdentityCache cache = new IdentityCache();

    private Msp(FabricMSPConfig config, MspVersion version, SignatureProvider provider) throws RefusedException {
        this.id = new MspId(config.getName());
        this.provider = provider;
        hashes = HashFamily.named(config.getCryptoConfig().getSignatureHashFamily());
        identifiers = IdentifierHash.named(config.getCryptoConfig().getIdentityIdentifierHashFunction());
        authorities = Authorities.of(config, version, identifiers);
        tls = Authorities.ofTls(config, authorities);
        rules = Rules.of(config, version, authorities);
    }

    /** Sets an MSP up from its configuration in a channel; any fault in it refuses the MSP. */
    public static Verdict<Msp> of(MSPConfig config, MspVersion version, SignatureProvider provider) {
        if (config.getType() != X509_TYPE) {
            return Verdict.rejected(
                    "unsupported-msp", "MSP type " + config.getType() + "; peers have type " + X509_TYPE);
        }
        try {
            return of(FabricMSPConfig.parseFrom(config.getConfig()), version, provider);
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-msp", "not a FabricMSPConfig: " + e.getMessage());
        }
    }

    /** The same, of an already parsed configuration. Its signing identity, if it has one, is not looked at. */
    public static Verdict<Msp> of(FabricMSPConfig config, MspVersion version, SignatureProvider provider) {
        if (config.getName().isEmpty()) {
            return Verdict.rejected("malformed-msp", "the MSP has no name");
        }
        return RefusedException.verdict(() -> new Msp(config, version, provider));
    }

    /** Sets the local MSP up from its directory (cacerts, config.yaml and so on); needs no signing key. */
    public static Verdict<Msp> ofDirectory(Path directory, MspId id, MspVersion version, SignatureProvider provider) {
        return MspDirectory.read(directory, id).then(config -> of(config, version, provider));
    }

    public MspId id() {
        return id;
    }

    public MspVersion version() {
        return rules.version();
    }

    /**
     * The identity that the bytes of a msp.SerializedIdentity stand for. Says nothing yet of its being valid, except that an
     * ECDSA-signed certificate must have a chain to one of our roots.
     */
    public Verdict<Identity> deserialize(ByteString serialized) {
        Optional<Identity> seen = cache.get(serialized);
        if (seen.isPresent()) {
            return Verdict.accepted(seen.get());
        }
        try {
            return parse(SerializedIdentity.parseFrom(serialized), serialized);
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-identity", "not a SerializedIdentity: " + e.getMessage());
        }
    }

    /** The same, of an already parsed identity. */
    public Verdict<Identity> deserialize(SerializedIdentity serialized) {
        ByteString bytes = serialized.toByteString();
        return cache.get(bytes).map(Verdict::accepted).orElseGet(() -> parse(serialized, bytes));
    }

    /** What this MSP makes of an identity that another MSP of the same organisation has read. */
    public Verdict<Identity> deserialize(Identity read) {
        if (!read.mspId().equals(id)) {
            return Verdict.rejected("other-organisation", "of " + read.mspId() + ", not of " + id);
        }
        return cache.get(read.serialized())
                .map(Verdict::accepted)
                .orElseGet(() -> RefusedException.verdict(
                        () -> identity(read.pkiId(), read.serialized(), read.canonicalCertificate())));
    }

    private Verdict<Identity> parse(SerializedIdentity serialized, ByteString bytes) {
        return RefusedException.verdict(() -> {
            if (!serialized.getMspid().equals(id.name())) {
                throw new RefusedException("other-organisation", "of '" + serialized.getMspid() + "', not of " + id);
            }
            return identity(PkiId.of(serialized), bytes, Certificate.ofPem(serialized.getIdBytes()));
        });
    }

    private Identity identity(PkiId pkiId, ByteString bytes, Certificate certificate) throws RefusedException {
        PublicKeys.demandImportable(certificate.publicKey(), rules.version());
        Identity identity = new Identity(this, pkiId, bytes, authorities.sanitise(certificate), rules);
        cache.put(identity);
        return identity;
    }

    /** The certificates that members' certificates chain up to. */
    public List<X509Certificate> roots() {
        return x509(authorities.roots());
    }

    public List<X509Certificate> intermediates() {
        return x509(authorities.intermediates());
    }

    /** The root certificates that TLS certificates of this organisation chain up to. */
    public List<X509Certificate> tlsRoots() {
        return x509(tls.roots());
    }

    /** The intermediate certificates of the TLS authorities. */
    public List<X509Certificate> tlsIntermediates() {
        return x509(tls.intermediates());
    }

    /** {@link #tlsRoots()} as canonical PEM, one certificate each. */
    public List<ByteString> tlsRootPems() {
        return tls.roots().stream().map(Certificate::pem).toList();
    }

    /** {@link #tlsIntermediates()} as canonical PEM, one certificate each. */
    public List<ByteString> tlsIntermediatePems() {
        return tls.intermediates().stream().map(Certificate::pem).toList();
    }

    private static List<X509Certificate> x509(List<Certificate> certificates) {
        return certificates.stream().map(Certificate::x509).toList();
    }

    /** The hash its members sign over; none if the configuration names one that nobody knows. */
    public Optional<HashFamily> hashFamily() {
        return hashes;
    }

    ByteString identifier(Certificate certificate) {
        return identifiers.of(List.of(certificate.der()));
    }

    /** With an unknown hash family no signature is valid: Fabric sets such an MSP up, too, and fails at each signature. */
    PayloadVerifier verifier(Certificate certificate) {
        return hashes.map(family -> provider.verifier(certificate.publicKey(), family))
                .orElse((signature, payload) -> false);
    }

    @Override
    public String toString() {
        return "MSP " + id + " (" + rules.version() + ")";
    }
}
