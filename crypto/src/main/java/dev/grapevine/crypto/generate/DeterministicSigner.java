package dev.grapevine.crypto.generate;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.sign.HashFamily;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.PayloadSigner;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/** Signs certificates with low S and without randomness: the same content gets the same signature. */
final class DeterministicSigner implements ContentSigner {
    private final PayloadSigner signer;
    private final ByteString.Output content = ByteString.newOutput();

    DeterministicSigner(GeneratedKey key) {
        signer = SignatureProvider.bouncyCastle().signer(key.privateKey(), HashFamily.SHA2);
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        return signer.sign(content.toByteString()).toByteArray();
    }
}
