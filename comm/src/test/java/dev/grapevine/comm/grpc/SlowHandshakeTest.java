package dev.grapevine.comm.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.comm.CommConfig;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.proto.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody so busy that it does not get round to TLS before we lose patience. */
@Timeout(60)
class SlowHandshakeTest {
    private final TestCa ca = new TestCa("tls-ca");
    private final NettyThreads threads = NettyThreads.create(1);
    private final TlsCredentials own = ca.issue("127.0.0.1");
    private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
    private final RealNode node = new RealNode(
            "node",
            CommConfig.defaults().withTimeouts(Duration.ofMillis(150), Duration.ofMillis(50)),
            new TlsSettings(own, own, false, ca.trust()),
            threads);

    @AfterEach
    void stop() {
        node.close();
        threads.close();
    }

    @Test
    void theNextDialWaitsForTheHandshakeUnderWayInsteadOfBeginningAnother() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> accepting = CompletableFuture.runAsync(() -> acceptAll(busy));

            assertThat(probe(busy.getLocalPort()).isAccepted()).isFalse();
            assertThat(accepted.poll(RealNode.PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isNotNull();
            assertThat(probe(busy.getLocalPort()).isAccepted()).isFalse();

            busy.close();
            accepting.get(RealNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(accepted).as("a second connection").isEmpty();
        }
    }

    private Verdict<Boolean> probe(int port) {
        return node.await(done -> node.comm.probe(new RemotePeer("127.0.0.1:" + port, null), done));
    }

    private void acceptAll(ServerSocket server) {
        try {
            while (true) {
                accepted.add(server.accept());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }
}
