package dev.grapevine.interop.lab;

import dev.grapevine.comm.grpc.TlsCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Stands before an orderer with a TLS certificate of its own: an orderer whose certificate is another one. */
public final class TlsFront implements AutoCloseable {
    private final SSLServerSocket server;
    private final SSLContext outwards;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong attempts = new AtomicLong();
    private final AtomicLong sessions = new AtomicLong();

    private TlsFront(SSLServerSocket server, SSLContext outwards, int target) {
        this.server = server;
        this.outwards = outwards;
        this.target = target;
    }

    /**
     * Listens on the loopback interface.
     *
     * @param port where
     * @param credentials what it presents
     * @param target the orderer's port
     */
    public static TlsFront start(int port, TlsCredentials credentials, int target) {
        try {
            SSLContext inwards = context(credentials.keyManager());
            SSLServerSocket server = (SSLServerSocket)
                    inwards.getServerSocketFactory().createServerSocket(port, 50, InetAddress.getLoopbackAddress());
            server.setSSLParameters(speakingHttp2(server.getSSLParameters()));
            TlsFront front = new TlsFront(server, context(null), target);
            front.threads.execute(front::accept);
            return front;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot listen on " + port, e);
        }
    }

    /** Connections whose handshake was begun. */
    public long attempts() {
        return attempts.get();
    }

    /** Connections whose handshake succeeded. */
    public long sessions() {
        return sessions.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                SSLSocket client = (SSLSocket) server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SSLSocket client) {
        attempts.incrementAndGet();
        try (client;
                SSLSocket orderer = (SSLSocket)
                        outwards.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), target)) {
            client.startHandshake();
            orderer.setSSLParameters(speakingHttp2(orderer.getSSLParameters()));
            orderer.startHandshake();
            threads.execute(() -> pump(orderer, client));
            byte[] buffer = new byte[1 << 14];
            int first = client.getInputStream().read(buffer);
            if (first < 0) {
                return;
            }
            // only now is it known that the client has accepted our certificate
            sessions.incrementAndGet();
            orderer.getOutputStream().write(buffer, 0, first);
            pump(client, orderer);
        } catch (IOException refused) {
            // the client's affair, or the orderer is away: the connection ends
            return;
        }
    }

    private static void pump(Socket from, Socket to) {
        try (InputStream input = from.getInputStream();
                OutputStream output = to.getOutputStream()) {
            input.transferTo(output);
        } catch (IOException ended) {
            return;
        }
    }

    private static SSLParameters speakingHttp2(SSLParameters parameters) {
        parameters.setApplicationProtocols(new String[] {"h2"});
        return parameters;
    }

    private static SSLContext context(@Nullable KeyManager keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : new KeyManager[] {keys}, new TrustManager[] {new Anybody()}, null);
        return context;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop listening", e);
        }
        threads.shutdownNow();
    }

    /** The orderer behind is on this machine and started by this scenario. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
