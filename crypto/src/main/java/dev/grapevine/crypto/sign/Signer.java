package dev.grapevine.crypto.sign;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.PayloadSigner;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.function.UnaryOperator;

/**
 * Signs with one key.
 *
 * @param finish what is done to the provider's signature: low s for ECDSA
 */
record Signer(Algorithm algorithm, PrivateKey key, UnaryOperator<ByteString> finish) implements PayloadSigner {
    @Override
    public ByteString sign(ByteString payload) {
        Signature engine = algorithm.engine();
        try {
            engine.initSign(key);
            for (ByteBuffer part : payload.asReadOnlyByteBufferList()) {
                engine.update(part);
            }
            return finish.apply(ByteString.copyFrom(engine.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with our own key: " + e.getMessage(), e);
        }
    }
}
