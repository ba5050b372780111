package dev.grapevine.node.operations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.grapevine.node.metrics.PrometheusMeters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@code /healthz}, {@code /metrics}, {@code /version} and {@code /logspec} until it is closed. */
public final class OperationsEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperationsEndpoint.class);
    private static final int THREADS = 4;
    /** Requests that wait for a thread; the connections of more are closed. */
    private static final int MAX_WAITING = 64;

    private static final int MAX_BODY = 64 << 10;

    static {
        // Otherwise a client that never finishes its request keeps one of our few threads for ever.
        if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
            System.setProperty("sun.net.httpserver.maxReqTime", "10");
        }
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Pages pages;

    private OperationsEndpoint(HttpServer server, Pages pages) {
        this.server = server;
        this.pages = pages;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "operations");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Binds and serves.
     *
     * @param tls credentials for HTTPS; empty for plain HTTP, on which every path is open to everybody
     * @param version what {@code /version} says
     * @param meters what {@code /metrics} shows; empty if metrics are off
     * @throws IOException if the address cannot be bound
     */
    public static OperationsEndpoint start(
            InetSocketAddress address,
            Optional<OperationsTls> tls,
            String version,
            HealthChecks health,
            Optional<PrometheusMeters> meters,
            LogSpec logging)
            throws IOException {
        HttpServer server = tls.isPresent() ? secured(address, tls.get()) : HttpServer.create(address, 0);
        OperationsEndpoint endpoint = new OperationsEndpoint(server, new Pages(version, health, meters, logging));
        server.setExecutor(endpoint.threads);
        server.createContext("/", endpoint::serve);
        server.start();
        LOG.info("operations endpoint at {}", endpoint.url());
        return endpoint;
    }

    private static HttpsServer secured(InetSocketAddress address, OperationsTls tls) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                if (tls.clientAuthRequired()) {
                    wanted.setNeedClientAuth(true);
                } else {
                    wanted.setWantClientAuth(true);
                }
                parameters.setSSLParameters(wanted);
            }
        });
        return server;
    }

    /** Where it listens; the port is the real one also if 0 was asked for. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    String url() {
        String host = address().getAddress().getHostAddress();
        return (server instanceof HttpsServer ? "https://" : "http://")
                + (host.contains(":") ? "[" + host + "]" : host)
                + ":"
                + address().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, reply(exchange));
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange instanceof HttpsExchange secured && Pages.isGuarded(path) && !hasCertificate(secured)) {
            return Reply.json(401, "error", path + " wants a client certificate");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return Reply.json(413, "error", "the body is longer than " + MAX_BODY + " bytes");
        }
        try {
            return pages.answer(exchange.getRequestMethod(), path, body);
        } catch (RuntimeException e) {
            LOG.warn("{} {} failed", exchange.getRequestMethod(), path, e);
            return Reply.json(500, "error", "this failed: " + e);
        }
    }

    private static boolean hasCertificate(HttpsExchange exchange) {
        try {
            return exchange.getSSLSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException none) {
            return false;
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        boolean headOnly = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), headOnly ? -1 : body.length);
        if (!headOnly) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
