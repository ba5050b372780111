package dev.grapevine.benchmarks.loops;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.sign.HashFamily;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.PayloadSigner;
import dev.grapevine.proto.PayloadVerifier;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.SplittableRandom;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One ECDSA P-256 signature over 256 bytes, hashing included. {@code auto} is what a node uses. */
@State(Scope.Benchmark)
public class SignatureBenchmark {
    private static final int PAYLOAD_BYTES = 256;

    @Param({"bouncycastle", "auto"})
    public String provider = "auto";

    private PayloadVerifier verifier = (signature, payload) -> false;
    private PayloadSigner signer = payload -> ByteString.EMPTY;
    private ByteString payload = ByteString.EMPTY;
    private ByteString signature = ByteString.EMPTY;

    @Setup
    public void sign() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        generator.initialize(new ECGenParameterSpec("P-256"));
        KeyPair pair = generator.generateKeyPair();
        byte[] bytes = new byte[PAYLOAD_BYTES];
        new SplittableRandom(1).nextBytes(bytes);
        SignatureProvider chosen = SignatureProvider.named(provider);
        payload = ByteString.copyFrom(bytes);
        signer = chosen.signer(pair.getPrivate(), HashFamily.SHA2);
        signature = signer.sign(payload);
        verifier = chosen.verifier(pair.getPublic(), HashFamily.SHA2);
    }

    @Benchmark
    public boolean verify() {
        return verifier.verify(signature, payload);
    }

    @Benchmark
    public ByteString signing() {
        return signer.sign(payload);
    }
}
