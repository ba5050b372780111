package dev.grapevine.comm.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.comm.CommConfig;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.proto.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Since its release 1.67 gRPC for Go, which Fabric v3 has, gives up a connection whose other side has not agreed on HTTP/2 by
 * ALPN (RFC 7301, section 3). Both sides of ours must do so whatever else is on offer.
 */
@Timeout(60)
class AlpnTest {
    private final TestCa ca = new TestCa("tls-ca");
    private final NettyThreads threads = NettyThreads.create(1);
    private final TlsCredentials own = ca.issue("127.0.0.1");
    private final RealNode node =
            new RealNode("node", CommConfig.defaults(), new TlsSettings(own, own, false, ca.trust()), threads);
    private SSLContext stranger;

    @BeforeEach
    void prepareStranger() throws GeneralSecurityException {
        stranger = SSLContext.getInstance("TLS");
        stranger.init(
                new KeyManager[] {new OneKey(ca.issue("127.0.0.1"))},
                new TrustManager[] {TlsTrust.manager(ca.trust().servers())},
                null);
    }

    @AfterEach
    void stop() {
        node.close();
        threads.close();
    }

    @Test
    void theServerChoosesHttp2() throws IOException {
        try (SSLSocket socket =
                (SSLSocket) stranger.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), node.port())) {
            offer(socket, "http/1.1", "h2");

            socket.startHandshake();

            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
        }
    }

    private static void offer(SSLSocket socket, String... protocols) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
    }

    @Test
    void theClientOffersHttp2() throws Exception {
        try (SSLServerSocket server = listen()) {
            CompletableFuture<List<String>> offered = CompletableFuture.supplyAsync(() -> offersTo(server));

            probe(server.getLocalPort());

            assertThat(offered.get(RealNode.PATIENCE_SECONDS, TimeUnit.SECONDS)).contains("h2");
        }
    }

    @Test
    void theClientLeavesAServerThatChoosesNothing() throws Exception {
        try (SSLServerSocket server = listen()) {
            CompletableFuture<Boolean> left = CompletableFuture.supplyAsync(() -> isLeftBy(server));

            assertThat(probe(server.getLocalPort()).rejection().detail()).contains("ALPN");
            assertThat(left.get(RealNode.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    private SSLServerSocket listen() throws IOException {
        return (SSLServerSocket)
                stranger.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private Verdict<ConnectionInfo> probe(int port) {
        return node.await(done -> node.comm.handshake(new RemotePeer("127.0.0.1:" + port, null), done));
    }

    /** What the next client offers; the handshake is broken off then. */
    private static List<String> offersTo(SSLServerSocket server) {
        CompletableFuture<List<String>> offered = new CompletableFuture<>();
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            socket.setHandshakeApplicationProtocolSelector((connection, protocols) -> {
                offered.complete(protocols);
                return null;
            });
            socket.startHandshake();
        } catch (IOException e) {
            offered.completeExceptionally(e);
        }
        return offered.join();
    }

    /** Whether the next client ends the connection, with TLS agreed upon and no protocol chosen. */
    private static boolean isLeftBy(SSLServerSocket server) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            socket.startHandshake();
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
