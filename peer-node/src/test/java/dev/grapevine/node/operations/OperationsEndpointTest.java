package dev.grapevine.node.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.node.metrics.PrometheusMeters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsEndpointTest {
    private final HealthChecks health = new HealthChecks();
    private final PrometheusMeters meters = new PrometheusMeters();
    private final Levels levels = new Levels();
    private final HttpClient client = HttpClient.newHttpClient();
    private OperationsEndpoint endpoint;

    private static final class Levels implements LogSpec {
        private String spec = "info";

        @Override
        public String current() {
            return spec;
        }

        @Override
        public void activate(String wanted) {
            if (wanted.contains("loud")) {
                throw new IllegalArgumentException("invalid logging specification '" + wanted + "'");
            }
            spec = wanted;
        }
    }

    @BeforeEach
    void start() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        endpoint = OperationsEndpoint.start(any, Optional.empty(), "1.2.3", health, Optional.of(meters), levels);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void isHealthyWhileNoPartComplains() throws Exception {
        health.register("ledger", Optional::empty);

        HttpResponse<String> answer = ask("GET", "/healthz", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"status\":\"OK\",\"time\":\"");
    }

    @Test
    void saysWhichPartIsNotWellAndWhy() throws Exception {
        Runnable away = health.register("ledger", () -> Optional.of("disk \"full\""));
        health.register("loop", () -> {
            throw new IllegalStateException("stopped");
        });

        HttpResponse<String> answer = ask("GET", "/healthz", "");
        away.run();

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .startsWith("{\"status\":\"Service Unavailable\"")
                .contains("{\"component\":\"ledger\",\"reason\":\"disk \\\"full\\\"\"}")
                .contains("\"component\":\"loop\",\"reason\":\"the check itself failed");
        assertThat(ask("GET", "/healthz", "").body()).doesNotContain("ledger");
    }

    @Test
    void namesEveryPartOfAWholeThatIsNotWell() throws Exception {
        Map<String, String> failures = new ConcurrentSkipListMap<>();
        health.registerAll("peer", () -> failures);
        assertThat(ask("GET", "/healthz", "").statusCode()).isEqualTo(200);

        failures.put("channel lab", "halted: a fork");
        failures.put("channel sea", "cannot be opened: damaged-ledger");

        HttpResponse<String> answer = ask("GET", "/healthz", "");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .contains("{\"component\":\"channel lab\",\"reason\":\"halted: a fork\"}")
                .contains("{\"component\":\"channel sea\",\"reason\":\"cannot be opened: damaged-ledger\"}");
    }

    @Test
    void saysWhereItIsAsAUrl() {
        assertThat(endpoint.url())
                .isEqualTo("http://127.0.0.1:" + endpoint.address().getPort());
    }

    @Test
    void showsMetricsAndVersion() throws Exception {
        meters.gauge("gossip_state_height", "channel", "harbour").set(3);

        HttpResponse<String> answer = ask("GET", "/metrics", "");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue(PrometheusMeters.CONTENT_TYPE);
        assertThat(answer.body()).contains("gossip_state_height{channel=\"harbour\"} 3\n");
        assertThat(ask("GET", "/version", "").body()).isEqualTo("{\"Version\":\"1.2.3\"}\n");
    }

    @Test
    void changesLogLevelsWhileItRuns() throws Exception {
        HttpResponse<String> changed = ask("PUT", "/logspec", "{\"spec\": \"warn:dev.grapevine.comm=debug\"}");

        assertThat(changed.statusCode()).isEqualTo(204);
        assertThat(ask("GET", "/logspec", "").body()).isEqualTo("{\"spec\":\"warn:dev.grapevine.comm=debug\"}\n");
    }

    @Test
    void saysWhatIsWrongWithARequest() throws Exception {
        assertThat(ask("PUT", "/logspec", "{\"spec\": \"loud\"}").body()).contains("invalid logging specification");
        assertThat(ask("PUT", "/logspec", "{\"level\": \"info\"}").body()).contains("the body must be like");
        assertThat(ask("PUT", "/logspec", "{{{").statusCode()).isEqualTo(400);
        assertThat(ask("PUT", "/logspec", "x".repeat(70_000)).statusCode()).isEqualTo(413);
        assertThat(ask("POST", "/logspec", "").body()).contains("invalid request method: POST");
        assertThat(ask("POST", "/healthz", "").statusCode()).isEqualTo(405);
        assertThat(ask("POST", "/version", "").statusCode()).isEqualTo(400);
        assertThat(ask("DELETE", "/metrics", "").statusCode()).isEqualTo(405);
        assertThat(ask("GET", "/healthz/more", "").statusCode()).isEqualTo(404);
        assertThat(levels.current()).isEqualTo("info");
    }

    private HttpResponse<String> ask(String method, String path, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + endpoint.address().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
