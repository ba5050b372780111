package dev.grapevine.comm.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.StringWriter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;

class TlsCredentialsTest {
    private final TestCa authority = new TestCa("ca");
    private final TlsCredentials issued = authority.issue("localhost");

    /** The writer leaves the public key out of the private one, where it is optional. */
    @Test
    void areReadFromPem() throws Exception {
        TlsCredentials read = TlsCredentials.ofPem(pem(issued.chain().get(0)), pem(issued.key()));

        assertThat(read.hash()).isEqualTo(issued.hash());
        assertThat(read.key()).isEqualTo(issued.key());
    }

    @Test
    void areRefusedIfTheKeyIsOfAnotherCertificate() throws Exception {
        ByteString certificate = pem(issued.chain().get(0));
        ByteString other = pem(authority.issue("localhost").key());

        assertThatThrownBy(() -> TlsCredentials.ofPem(certificate, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the TLS key is not the one of the certificate");
    }

    @Test
    void areRefusedWithoutACertificateOrAKey() throws Exception {
        ByteString certificate = pem(issued.chain().get(0));
        ByteString key = pem(issued.key());

        assertThatThrownBy(() -> TlsCredentials.ofPem(ByteString.EMPTY, key))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TlsCredentials.ofPem(certificate, ByteString.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no private key");
    }

    private static ByteString pem(Object part) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(part);
        }
        return ByteString.copyFromUtf8(text.toString());
    }
}
