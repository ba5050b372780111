package dev.grapevine.node;

import static dev.grapevine.node.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** HTTP/2 clients without a certificate that each begin one gossip message of 95 MB and send as much of it as they can. */
final class StrangersOverTls implements AutoCloseable {
    private static final int CLAIMED = 95 << 20;
    private static final Duration STALL = Duration.ofMillis(300);

    private final SSLContext tls;
    private final URI stream;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<CompletableFuture<?>> open = new ArrayList<>();
    private final AtomicInteger sending = new AtomicInteger();
    private final AtomicLong taken = new AtomicLong();

    StrangersOverTls(List<X509Certificate> roots, int port) throws Exception {
        tls = trusting(roots);
        stream = URI.create("https://127.0.0.1:" + port + "/gossip.Gossip/GossipStream");
    }

    private static SSLContext trusting(List<X509Certificate> roots) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate root : roots) {
            store.setCertificateEntry("root-" + root.getSerialNumber(), root);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Opens so many streams, each over a connection of its own, and returns when the server takes no more of any. */
    void flood(int streams) {
        for (int i = 0; i < streams; i++) {
            HttpRequest begin = HttpRequest.newBuilder(stream)
                    .header("content-type", "application/grpc")
                    .header("te", "trailers")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(Unfinished::new))
                    .build();
            // Nothing is to be expected of the answer: this client looks at none before it has sent all it has.
            open.add(HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_2)
                    .sslContext(tls)
                    .executor(threads)
                    .build()
                    .sendAsync(begin, HttpResponse.BodyHandlers.discarding()));
        }
        eventually(() -> assertThat(sending.get()).isEqualTo(streams));
        long before;
        do {
            before = taken.get();
            LockSupport.parkNanos(STALL.toNanos());
        } while (taken.get() > before);
    }

    /** How many bytes of their messages went on their way, all together. */
    long taken() {
        return taken.get();
    }

    @Override
    public void close() {
        open.forEach(call -> call.cancel(true));
        open.clear();
        threads.shutdownNow();
    }

    /** A message that lacks its last byte. */
    private final class Unfinished extends InputStream {
        private final ByteBuffer prefix =
                ByteBuffer.allocate(5).put((byte) 0).putInt(CLAIMED).flip();
        private int left = prefix.remaining() + CLAIMED - 1;

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = Math.min(length, left);
            Arrays.fill(into, offset, offset + count, (byte) 0);
            if (prefix.position() == 0) {
                sending.incrementAndGet();
            }
            prefix.get(into, offset, Math.min(count, prefix.remaining()));
            left -= count;
            taken.addAndGet(count);
            return count;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }
    }
}
