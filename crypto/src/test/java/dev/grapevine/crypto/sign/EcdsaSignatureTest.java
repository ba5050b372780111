package dev.grapevine.crypto.sign;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Hex;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcdsaSignatureTest {
    private static final BigInteger ORDER = BigInteger.valueOf(1_000_003);

    @Property(tries = 300)
    void readsWhatItWrites(
            @ForAll @BigRange(min = "1", max = "99999999999999999999999999999999999999999999") BigInteger r,
            @ForAll @BigRange(min = "1", max = "99999999999999999999999999999999999999999999") BigInteger s) {
        EcdsaSignature signature = new EcdsaSignature(r, s);
        assertThat(EcdsaSignature.parse(signature.toDer())).contains(signature);
    }

    @Property(tries = 1000)
    void foreignBytesAreASignatureOrNoneButNeverAnError(@ForAll byte[] bytes) {
        assertThat(EcdsaSignature.parse(ByteString.copyFrom(bytes))).isNotNull();
    }

    @Property(tries = 300)
    void lowSIsTheLowerOfBothAndIsKept(@ForAll @BigRange(min = "1", max = "1000002") BigInteger s) {
        EcdsaSignature low = new EcdsaSignature(BigInteger.ONE, s).withLowS(ORDER);
        assertThat(low.s()).isEqualTo(s.min(ORDER.subtract(s)));
        assertThat(low.isLowS(ORDER)).isTrue();
        assertThat(low.withLowS(ORDER)).isEqualTo(low);
    }

    @Test
    void ignoresWhatFollows() {
        EcdsaSignature signature = new EcdsaSignature(BigInteger.ONE, BigInteger.TWO);
        assertThat(EcdsaSignature.parse(Hex.parse("300602010102010200ff"))).contains(signature);
        assertThat(EcdsaSignature.parse(Hex.parse("3009020101020102020103"))).contains(signature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "3006020100020101", // r is zero
                "30060201ff020101", // r is negative
                "300702020001020101", // r is not minimal
                "308106020101020101", // the length is not minimal
                "3080020101020101000", // the length is indefinite
                "3007020101020101", // it ends early
                "3003020101", // there is no s
                "3105020101020101", // a set
                "3005020002010100" // r is empty
            })
    void refusesOtherForms(String hex) {
        String even = hex.length() % 2 == 0 ? hex : hex + "0";
        assertThat(EcdsaSignature.parse(Hex.parse(even))).isEmpty();
    }

    @Test
    void readsLongForms() {
        EcdsaSignature big = new EcdsaSignature(BigInteger.ONE.shiftLeft(1100), BigInteger.ONE.shiftLeft(1500));
        assertThat(EcdsaSignature.parse(big.toDer())).contains(big);
    }
}
