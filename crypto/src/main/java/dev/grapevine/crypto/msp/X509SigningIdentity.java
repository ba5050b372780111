package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.sign.HashFamily;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PayloadSigner;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Verdict;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/**
 * An identity whose private key we hold. Its serialised form is canonical PEM of the certificate with its signature brought
 * to low S: from that everybody, Go programs too, computes the same PKI-ID. Whether it has expired is for whoever has a
 * clock to ask ({@link Identity#notAfter()}).
 */
public final class X509SigningIdentity implements SigningIdentity {
    private final Identity identity;
    private final PayloadSigner signer;

    private X509SigningIdentity(Identity identity, PayloadSigner signer) {
        this.identity = identity;
        this.signer = signer;
    }

    /**
     * Loads it from {@code signcerts} (the first file) and {@code keystore} (the file whose key matches) of an MSP directory,
     * and checks it against that directory's own MSP.
     */
    public static Verdict<X509SigningIdentity> ofDirectory(
            Path directory, MspId id, MspVersion version, SignatureProvider provider) {
        return Msp.ofDirectory(directory, id, version, provider).then(msp -> ofDirectory(directory, msp, provider));
    }

    /** The same, where the directory's MSP has been set up already. */
    public static Verdict<X509SigningIdentity> ofDirectory(Path directory, Msp msp, SignatureProvider provider) {
        Verdict<ByteString> certificate = RefusedException.verdict(() -> signCert(directory));
        return certificate.then(pem -> RefusedException.verdict(
                        () -> KeyFile.find(directory.resolve(MspDirectory.KEYSTORE), publicKey(pem)))
                .then(key -> of(msp, pem, key, provider)));
    }

    /**
     * A member of {@code msp}.
     *
     * @param certificatePem its certificate
     * @param key the private key that belongs to it
     */
    public static Verdict<X509SigningIdentity> of(
            Msp msp, ByteString certificatePem, PrivateKey key, SignatureProvider provider) {
        SerializedIdentity asGiven = SerializedIdentity.newBuilder()
                .setMspid(msp.id().name())
                .setIdBytes(certificatePem)
                .build();
        PayloadSigner signer = provider.signer(key, msp.hashFamily().orElse(HashFamily.SHA2));
        return msp.deserialize(asGiven)
                .then(given -> msp.deserialize(given.canonical()))
                .then(identity -> identity.validate()
                        .<Verdict<X509SigningIdentity>>map(Verdict::rejected)
                        .orElseGet(() -> Verdict.accepted(new X509SigningIdentity(identity, signer))));
    }

    private static ByteString signCert(Path directory) throws RefusedException {
        Path folder = directory.resolve(MspDirectory.SIGN_CERTS);
        List<ByteString> pems = MspDirectory.pems(folder);
        if (pems.isEmpty()) {
            throw new RefusedException("no-certificate", "no certificate in " + folder + "; put this node's own there");
        }
        return pems.get(0);
    }

    private static PublicKey publicKey(ByteString pem) throws RefusedException {
        return Certificate.ofPem(pem).publicKey();
    }

    /** Our own identity as others will see it. */
    public Identity identity() {
        return identity;
    }

    @Override
    public MspId mspId() {
        return identity.mspId();
    }

    @Override
    public ByteString serialized() {
        return identity.serialized();
    }

    @Override
    public PkiId pkiId() {
        return identity.pkiId();
    }

    @Override
    public ByteString sign(ByteString payload) {
        return signer.sign(payload);
    }

    @Override
    public String toString() {
        return identity.toString();
    }
}
