package dev.grapevine.crypto.msp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PemTest {
    private static final String BLOCK = "-----BEGIN A-----\nAAAA\n-----END A-----\n";

    @Property(tries = 200)
    void readsWhatItWrites(@ForAll byte[] content) {
        ByteString bytes = ByteString.copyFrom(content);
        Pem pem = Pem.first(Pem.encode("CERTIFICATE", bytes)).orElseThrow();
        assertThat(pem).isEqualTo(new Pem("CERTIFICATE", bytes, ByteString.EMPTY));
    }

    @Property(tries = 500)
    void neverFailsOnForeignText(@ForAll String before, @ForAll String inside) {
        String text = before + "\n-----BEGIN A-----\n" + inside + "\n-----END A-----";
        assertThat(Pem.first(ByteString.copyFromUtf8(text))).isNotNull();
    }

    @Test
    void skipsWhatStandsBeforeTheBlockAndKeepsWhatFollows() {
        Pem pem = first("text\n" + BLOCK + "rest");
        assertThat(pem.type()).isEqualTo("A");
        assertThat(pem.rest().toStringUtf8()).isEqualTo("rest");
    }

    @Test
    void needsNoFinalNewline() {
        assertThat(first(BLOCK.strip()).rest()).isEmpty();
    }

    @Test
    void skipsAMalformedBlock() {
        assertThat(first("-----BEGIN B-----\n!!!!\n-----END B-----\n" + BLOCK).type())
                .isEqualTo("A");
        assertThat(first("-----BEGIN B-----\nAAAA\n-----END C-----\n" + BLOCK).type())
                .isEqualTo("A");
    }

    @Test
    void ignoresHeadersAndCarriageReturns() {
        assertThat(first("-----BEGIN A-----\r\nKey: value\r\n\r\nAAAA\r\n-----END A-----\r\n")
                        .content())
                .isEqualTo(ByteString.copyFrom(new byte[3]));
    }

    @Test
    void findsNothingInOtherText() {
        assertThat(Pem.first(ByteString.copyFromUtf8("hello"))).isEmpty();
        assertThat(Pem.first(ByteString.copyFromUtf8("x-----BEGIN A-----\nAAAA\n-----END A-----")))
                .isEmpty();
        assertThat(Pem.first(ByteString.EMPTY)).isEmpty();
    }

    private static Pem first(String text) {
        return Pem.first(ByteString.copyFromUtf8(text)).orElseThrow();
    }
}
