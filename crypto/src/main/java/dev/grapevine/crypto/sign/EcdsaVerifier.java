package dev.grapevine.crypto.sign;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.PayloadVerifier;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Optional;

/** Checks ECDSA signatures of one key, which was read once. */
record EcdsaVerifier(Algorithm algorithm, PublicKey key, BigInteger order) implements PayloadVerifier {
    @Override
    public boolean verify(ByteString signature, ByteString payload) {
        Optional<EcdsaSignature> parsed = EcdsaSignature.parse(signature);
        if (parsed.isEmpty() || !parsed.get().isLowS(order)) {
            return false;
        }
        return verify(algorithm, key, parsed.get().toDer(), payload);
    }

    static boolean verify(Algorithm algorithm, PublicKey key, ByteString signature, ByteString payload) {
        Signature engine = algorithm.engine();
        try {
            engine.initVerify(key);
            for (ByteBuffer part : payload.asReadOnlyByteBufferList()) {
                engine.update(part);
            }
            return engine.verify(signature.toByteArray());
        } catch (GeneralSecurityException e) {
            // What a provider cannot make sense of (an s beyond the order, say) is no signature of this key.
            return false;
        }
    }
}
