package dev.grapevine.comm.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class TlsCredentialsTest {
    private final TestCa authority = new TestCa("ca");
    private final TlsCredentials issued = authority.issue("localhost");

    @Test
    void areReadFromPem() throws Exception {
        TlsCredentials read = TlsCredentials.ofPem(
                pem("CERTIFICATE", issued.chain().get(0).getEncoded()),
                pem("PRIVATE KEY", issued.key().getEncoded()));

        assertThat(read.hash()).isEqualTo(issued.hash());
        assertThat(read.key()).isEqualTo(issued.key());
    }

    @Test
    void areRefusedIfTheKeyIsOfAnotherCertificate() throws Exception {
        ByteString certificate = pem("CERTIFICATE", issued.chain().get(0).getEncoded());
        ByteString other = pem("PRIVATE KEY", authority.issue("localhost").key().getEncoded());

        assertThatThrownBy(() -> TlsCredentials.ofPem(certificate, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the TLS key is not the one of the certificate");
    }

    @Test
    void areRefusedWithoutACertificateOrAKey() throws Exception {
        ByteString certificate = pem("CERTIFICATE", issued.chain().get(0).getEncoded());
        ByteString key = pem("PRIVATE KEY", issued.key().getEncoded());

        assertThatThrownBy(() -> TlsCredentials.ofPem(ByteString.EMPTY, key))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TlsCredentials.ofPem(certificate, ByteString.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no private key");
    }

    private static ByteString pem(String type, byte[] der) {
        String text = Base64.getMimeEncoder().encodeToString(der);
        return ByteString.copyFromUtf8("-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }
}
