package dev.grapevine.crypto.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.PayloadSigner;
import dev.grapevine.proto.PayloadVerifier;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureProviderTest {
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("the quick brown fox");

    private final SignatureProvider provider = SignatureProvider.bouncyCastle();

    @ParameterizedTest
    @ValueSource(strings = {"P-224", "P-256", "P-384", "P-521"})
    void signsWithLowSOnEveryCurveFabricKnows(String curve) throws Exception {
        KeyPair pair = ec(curve);
        BigInteger order = Keys.order(pair.getPublic()).orElseThrow();
        PayloadSigner signer = provider.signer(pair.getPrivate(), HashFamily.SHA2);
        PayloadVerifier verifier = provider.verifier(pair.getPublic(), HashFamily.SHA2);
        for (int i = 0; i < 8; i++) {
            ByteString message = ByteString.copyFromUtf8("message " + i);
            EcdsaSignature signature =
                    EcdsaSignature.parse(signer.sign(message)).orElseThrow();
            assertThat(signature.isLowS(order)).isTrue();
            assertThat(verifier.verify(signature.toDer(), message)).isTrue();
            ByteString twin = new EcdsaSignature(signature.r(), order.subtract(signature.s())).toDer();
            assertThat(verifier.verify(twin, message)).isFalse();
        }
    }

    @Test
    void equalPayloadsGetEqualSignatures() throws Exception {
        PayloadSigner signer = provider.signer(ec("P-256").getPrivate(), HashFamily.SHA2);
        assertThat(signer.sign(MESSAGE)).isEqualTo(signer.sign(MESSAGE));
    }

    @Test
    void toleratesBytesAfterTheSignatureAndNothingElse() throws Exception {
        KeyPair pair = ec("P-256");
        PayloadVerifier verifier = provider.verifier(pair.getPublic(), HashFamily.SHA2);
        ByteString signature =
                provider.signer(pair.getPrivate(), HashFamily.SHA2).sign(MESSAGE);
        assertThat(verifier.verify(signature.concat(ByteString.copyFrom(new byte[3])), MESSAGE))
                .isTrue();
        assertThat(verifier.verify(signature.substring(0, signature.size() - 1), MESSAGE))
                .isFalse();
        assertThat(verifier.verify(ByteString.EMPTY, MESSAGE)).isFalse();
        assertThat(verifier.verify(signature, ByteString.EMPTY)).isFalse();
    }

    @Test
    void anotherKeysSignatureIsNotOurs() throws Exception {
        ByteString foreign =
                provider.signer(ec("P-256").getPrivate(), HashFamily.SHA2).sign(MESSAGE);
        PayloadVerifier verifier = provider.verifier(ec("P-256").getPublic(), HashFamily.SHA2);
        assertThat(verifier.verify(foreign, MESSAGE)).isFalse();
    }

    @Test
    void hashFamiliesDoNotMix() throws Exception {
        KeyPair pair = ec("P-256");
        ByteString sha3 = provider.signer(pair.getPrivate(), HashFamily.SHA3).sign(MESSAGE);
        assertThat(provider.verifier(pair.getPublic(), HashFamily.SHA3).verify(sha3, MESSAGE))
                .isTrue();
        assertThat(provider.verifier(pair.getPublic(), HashFamily.SHA2).verify(sha3, MESSAGE))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(HashFamily.class)
    void edwardsKeysSignTheMessageItself(HashFamily hashes) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        PayloadVerifier verifier = provider.verifier(pair.getPublic(), hashes);
        ByteString signature = provider.signer(pair.getPrivate(), hashes).sign(MESSAGE);
        assertThat(signature.size()).isEqualTo(64);
        assertThat(verifier.verify(signature, MESSAGE)).isTrue();
        assertThat(verifier.verify(signature, ByteString.EMPTY)).isFalse();
        assertThat(verifier.verify(ByteString.EMPTY, MESSAGE)).isFalse();
    }

    @Test
    void anRsaKeyHasNoValidSignaturesAndCannotSign() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        assertThat(provider.verifier(pair.getPublic(), HashFamily.SHA2).verify(MESSAGE, MESSAGE))
                .isFalse();
        assertThatThrownBy(() -> provider.signer(pair.getPrivate(), HashFamily.SHA2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RSA");
    }

    @Test
    void anyPlatformProviderWillDo() throws Exception {
        SignatureProvider platform = SignatureProvider.of(Security.getProvider("SunEC"));
        KeyPair pair = ec("P-256");
        ByteString signature =
                platform.signer(pair.getPrivate(), HashFamily.SHA2).sign(MESSAGE);
        assertThat(provider.verifier(pair.getPublic(), HashFamily.SHA2).verify(signature, MESSAGE))
                .isTrue();
        ByteString other = provider.signer(pair.getPrivate(), HashFamily.SHA2).sign(MESSAGE);
        assertThat(platform.verifier(pair.getPublic(), HashFamily.SHA2).verify(other, MESSAGE))
                .isTrue();
    }

    @Test
    void isChosenByNameAndNeverRegistered() {
        assertThat(SignatureProvider.named("bouncycastle").name()).isEqualTo("BC");
        assertThat(SignatureProvider.named("auto")).isSameAs(SignatureProvider.fastest());
        assertThatThrownBy(() -> SignatureProvider.named("conscrypt")).hasMessageContaining("class path");
        assertThatThrownBy(() -> SignatureProvider.named("abacus")).hasMessageContaining("bouncycastle");
        assertThat(Security.getProvider("BC")).isNull();
    }

    @Test
    void hashFamiliesHaveFabricsNames() {
        assertThat(HashFamily.named("")).contains(HashFamily.SHA2);
        assertThat(HashFamily.named("SHA2")).contains(HashFamily.SHA2);
        assertThat(HashFamily.named("SHA3")).contains(HashFamily.SHA3);
        assertThat(HashFamily.named("MD5")).isEmpty();
    }

    private static KeyPair ec(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }
}
