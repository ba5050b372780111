package dev.grapevine.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.state.deliver.AddressOverride;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreYamlTest {
    private static final String SMALLEST = """
            peer:
              address: peer0.harbour.example:7051
              localMspId: HarbourMSP
              tls:
                enabled: false
            """;

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeFiles() throws Exception {
        Files.createDirectories(folder.resolve("msp"));
        Files.createDirectories(folder.resolve("tls"));
        for (String name : List.of("server.crt", "server.key", "ca.crt", "client.crt", "client.key")) {
            Files.writeString(folder.resolve("tls").resolve(name), "PEM of " + name);
        }
    }

    @Test
    void standsOnFabricsDefaultsWhereTheFileSaysNothing() throws Exception {
        PeerConfiguration configuration = read(SMALLEST);

        assertThat(configuration.listenAddress()).isEqualTo("0.0.0.0:7051");
        assertThat(configuration.discovery().endpoint()).isEqualTo("peer0.harbour.example:7051");
        assertThat(configuration.discovery().aliveExpirationTimeout()).isEqualTo(Duration.ofSeconds(25));
        assertThat(configuration.election().useLeaderElection()).isFalse();
        assertThat(configuration.gossip().push().peers()).isEqualTo(3);
        assertThat(configuration.deliver().blockGossipEnabled()).isTrue();
        assertThat(configuration.mspConfigPath()).isEqualTo(folder.resolve("msp"));
        assertThat(configuration.operations().listenAddress()).isEmpty();
        assertThat(configuration.services().authenticationTimeWindow()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void readsWhatTheFileSaysWhateverTheCaseOfItsKeys() throws Exception {
        PeerConfiguration configuration = read("""
                PEER:
                  Address: a.example:7051
                  LOCALMSPID: HarbourMSP
                  fileSystemPath: data
                  tls: {enabled: false}
                  gossip:
                    bootstrap: b.example:7051 c.example:7051
                    useleaderelection: true
                    pullInterval: 1m30s
                    propagatePeerNum: 5
                    election: {leaderAliveThreshold: 500ms}
                    state: {enabled: true, batchSize: 50}
                """);

        assertThat(configuration.address()).isEqualTo("a.example:7051");
        assertThat(configuration.fileSystemPath()).isEqualTo(folder.resolve("data"));
        assertThat(configuration.discovery().bootstrap()).containsExactly("b.example:7051", "c.example:7051");
        assertThat(configuration.election().useLeaderElection()).isTrue();
        assertThat(configuration.election().leaderAliveThreshold()).isEqualTo(Duration.ofMillis(500));
        assertThat(configuration.gossip().pull().interval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(configuration.discovery().pullInterval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(configuration.gossip().push().peers()).isEqualTo(5);
        assertThat(configuration.state().withEnabled(false).batchSize()).isEqualTo(50);
        assertThat(configuration.state().enabled()).isTrue();
    }

    @Test
    void letsTheEnvironmentOverrideTheFileUnlessItIsEmpty() throws Exception {
        environment.put("CORE_PEER_ADDRESS", "other.example:7051");
        environment.put("CORE_PEER_GOSSIP_BOOTSTRAP", "[b.example:7051, c.example:7051]");
        environment.put("CORE_PEER_GOSSIP_USELEADERELECTION", "true");
        environment.put("CORE_PEER_LOCALMSPID", "");

        PeerConfiguration configuration = read(SMALLEST);

        assertThat(configuration.address()).isEqualTo("other.example:7051");
        assertThat(configuration.discovery().bootstrap()).containsExactly("b.example:7051", "c.example:7051");
        assertThat(configuration.election().useLeaderElection()).isTrue();
        assertThat(configuration.localMspId().name()).isEqualTo("HarbourMSP");
    }

    @Test
    void findsTlsFilesRelativeToTheFileAndDialsWithTheServersCertificateUnlessToldOtherwise() throws Exception {
        environment.put("CORE_PEER_TLS_ENABLED", "true");
        environment.put("CORE_PEER_TLS_CERT_FILE", "tls/server.crt");
        environment.put("CORE_PEER_TLS_KEY_FILE", "tls/server.key");
        environment.put("CORE_PEER_TLS_CLIENTAUTHREQUIRED", "true");
        environment.put("CORE_PEER_TLS_CLIENTROOTCAS_FILES", "tls/ca.crt");

        TlsSettings tls = read(SMALLEST).tls().orElseThrow();
        assertThat(tls.certificate()).isEqualTo(folder.resolve("tls/server.crt"));
        assertThat(tls.clientCertificate()).isEqualTo(tls.certificate());
        assertThat(tls.clientRootCas()).containsExactly(folder.resolve("tls/ca.crt"));

        environment.put("CORE_PEER_TLS_CLIENTCERT_FILE", "tls/client.crt");
        environment.put("CORE_PEER_TLS_CLIENTKEY_FILE", "tls/client.key");
        assertThat(read(SMALLEST).tls().orElseThrow().clientKey()).isEqualTo(folder.resolve("tls/client.key"));
    }

    @Test
    void namesEveryWrongValueWithItsKeyAndWhatWouldBeRight() {
        assertThatThrownBy(() -> read("""
                        peer:
                          address: nowhere
                          tls: {enabled: maybe}
                          maxRecvMsgSize: lots
                          mspConfigPath: nobody
                          gossip:
                            pullInterval: 4
                            propagatePeerNum: many
                            useLeaderElection: true
                            orgLeader: true
                        metrics: {provider: statsd}
                        """))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("peer.address is 'nowhere': it must be host:port")
                .hasMessageContaining("peer.localMspId is '': it must be the MSP ID")
                .hasMessageContaining("peer.tls.enabled is 'maybe': it must be true or false")
                .hasMessageContaining("peer.mspConfigPath is '" + folder.resolve("nobody") + "'")
                .hasMessageContaining("peer.gossip.pullInterval is '4': it must be a duration with its unit")
                .hasMessageContaining("peer.gossip.propagatePeerNum is 'many': it must be a whole number, such as 3")
                .hasMessageContaining("peer.gossip.useLeaderElection and peer.gossip.orgLeader are both true")
                .hasMessageContaining("metrics.provider is 'statsd'");
    }

    @Test
    void wantsTheAbsenceOfTlsToBeSaid() {
        assertThatThrownBy(() -> read(SMALLEST.replace("enabled: false", "other: 1")))
                .hasMessageContaining("peer.tls.enabled is '': it must be set");
    }

    @Test
    void refusesClientAuthenticationWithoutAnAuthority() {
        environment.put("CORE_PEER_TLS_ENABLED", "true");
        environment.put("CORE_PEER_TLS_CERT_FILE", "tls/server.crt");
        environment.put("CORE_PEER_TLS_KEY_FILE", "tls/absent.key");
        environment.put("CORE_PEER_TLS_CLIENTAUTHREQUIRED", "true");

        assertThatThrownBy(() -> read(SMALLEST))
                .hasMessageContaining("peer.tls.clientRootCAs.files")
                .hasMessageContaining("peer.tls.key.file is '" + folder.resolve("tls/absent.key") + "'");
    }

    @Test
    void tellsWhatItIgnoresFromWhatNobodyKnows() throws Exception {
        environment.put("CORE_VM_ENDPOINT", "unix:///var/run/docker.sock");
        environment.put("CORE_PEER_GOSIP_BOOTSTRAP", "slip of the pen");

        PeerConfiguration configuration = read(SMALLEST + """
                  surprise: 1
                chaincode:
                  mode: net
                  java: {runtime: none}
                """);

        assertThat(configuration.ignoredKeys()).containsExactly("chaincode.*", "vm.*");
        assertThat(configuration.unknownKeys()).containsExactly("CORE_PEER_GOSIP_BOOTSTRAP", "peer.surprise");
    }

    @Test
    void readsOverridesOfOrdererAddressesFromTheFileAndFromTheEnvironment() throws Exception {
        String certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        Files.writeString(folder.resolve("roots.pem"), "# two\n" + certificate + certificate);

        List<AddressOverride> fromFile = read(SMALLEST + """
                          deliveryclient:
                            addressOverrides:
                              - {from: old.example:7050, to: new.example:7050, caCertsFile: roots.pem}
                        """).deliver().addressOverrides();
        environment.put("CORE_PEER_DELIVERYCLIENT_ADDRESSOVERRIDES", "[{from: a.example:1, to: b.example:2}]");

        ByteString pem = ByteString.copyFromUtf8(certificate);
        assertThat(fromFile)
                .containsExactly(new AddressOverride("old.example:7050", "new.example:7050", List.of(pem, pem)));
        assertThat(read(SMALLEST).deliver().addressOverrides())
                .containsExactly(new AddressOverride("a.example:1", "b.example:2", List.of()));
    }

    @Test
    void saysWhereAFileIsNotYaml() {
        assertThatThrownBy(() -> read("peer: [")).hasMessageContaining("it is not YAML");
        assertThatThrownBy(() -> read("- peer")).hasMessageContaining("must be a YAML mapping");
        assertThatThrownBy(() -> read("peer: 1\npeer: 2")).hasMessageContaining("duplicate key");
        assertThatThrownBy(() -> read("peer: !!java.io.File [x]")).hasMessageContaining("it is not YAML");
    }

    private PeerConfiguration read(String yaml) throws Exception {
        return CoreYaml.read(Files.writeString(folder.resolve("core.yaml"), yaml), environment);
    }
}
