package dev.grapevine.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grapevine.crypto.generate.MemberMaterial;
import dev.grapevine.proto.MspId;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerOptionsTest {
    private static final String ENDPOINT = "127.0.0.1:7051";

    @TempDir
    Path folder;

    private TestOrganisation org;
    private Path files;

    @BeforeEach
    void makeFiles() throws Exception {
        org = TestOrganisation.peers("Org1", 2, folder);
        files = files(0);
    }

    private Path files(int peer) {
        MemberMaterial member = org.material().nodes().get(peer);
        return org.folder(member);
    }

    private PeerOptions embedded() {
        return PeerOptions.embedded(files.resolve("msp"), org.mspId(), ENDPOINT, folder.resolve("storage"));
    }

    @Test
    void readsAnMspDirectoryAndATlsFolder() {
        PeerOptions options = embedded().withTls(files.resolve("tls"));

        assertThat(options.identity().mspId()).isEqualTo(org.mspId());
        assertThat(options.listenAddress()).isEqualTo(ENDPOINT);
        assertThat(options.settings().discovery().endpoint()).isEqualTo(ENDPOINT);
        assertThat(options.settings().election().useLeaderElection()).isTrue();
        assertThat(options.settings().state().enabled()).isTrue();
        assertThat(options.tls())
                .hasValueSatisfying(tls -> assertThat(tls.clientAuthRequired()).isTrue());
    }

    @Test
    void refusesAnEndpointWithoutARealPort() {
        assertThatThrownBy(() -> PeerOptions.embedded(
                        files.resolve("msp"), org.mspId(), "127.0.0.1:0", folder.resolve("storage")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("127.0.0.1:0 has port 0");
    }

    @Test
    void namesTheMspDirectoryThatIsMissing() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> PeerOptions.embedded(missing, org.mspId(), ENDPOINT, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the MSP directory " + missing + " cannot be used");
    }

    @Test
    void saysThatAnMspDirectoryHasNoKey() throws Exception {
        Files.delete(files.resolve("msp").resolve("keystore").resolve("priv_sk"));

        assertThatThrownBy(this::embedded)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(files.resolve("msp").toString())
                .hasMessageContaining("keystore");
    }

    @Test
    void refusesAnEndpointThatIsNone() {
        assertThatThrownBy(() -> PeerOptions.embedded(files.resolve("msp"), new MspId("Org1MSP"), "nonsense", folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peer.gossip.endpoint")
                .hasMessageContaining("nonsense");
    }

    @Test
    void namesTheTlsFileThatIsMissing() throws Exception {
        Path certificate = files.resolve("tls").resolve("server.crt");
        Files.delete(certificate);

        assertThatThrownBy(() -> embedded().withTls(files.resolve("tls")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot read " + certificate);
    }

    @Test
    void namesTheTlsFilesThatAreNoPem() throws Exception {
        Path key = files.resolve("tls").resolve("server.key");
        Files.writeString(key, "no key");

        assertThatThrownBy(() -> embedded().withTls(files.resolve("tls")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the TLS files")
                .hasMessageContaining(key.toString());
    }

    @Test
    void refusesTheTlsKeyOfAnotherCertificate() throws Exception {
        Path key = files.resolve("tls").resolve("server.key");
        Files.copy(files(1).resolve("tls").resolve("server.key"), key, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> embedded().withTls(files.resolve("tls")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key.toString());
    }

    @Test
    void refusesATlsAuthorityThatIsNone() throws Exception {
        Path authority = files.resolve("tls").resolve("ca.crt");
        Files.writeString(authority, "no certificate");

        assertThatThrownBy(() -> embedded().withTls(files.resolve("tls")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(authority.toString());
    }
}
