package dev.grapevine.node.operations;

import dev.grapevine.node.metrics.PrometheusMeters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** What is answered on which path; the words are those of Fabric, where monitoring may look at them. */
final class Pages {
    private final String version;
    private final HealthChecks health;
    private final Optional<PrometheusMeters> meters;
    private final LogSpec logging;

    Pages(String version, HealthChecks health, Optional<PrometheusMeters> meters, LogSpec logging) {
        this.version = version;
        this.health = health;
        this.meters = meters;
        this.logging = logging;
    }

    /** Whether a path is only for clients that have shown a certificate, where there is TLS. */
    static boolean isGuarded(String path) {
        return path.equals("/metrics") || path.equals("/logspec");
    }

    Reply answer(String method, String path, byte[] body) {
        return switch (path) {
            case "/healthz" -> method.equals("GET") ? health() : Reply.json(405, "error", "only GET is allowed here");
            case "/version" -> method.equals("GET") ? version() : Reply.json(400, "Error", invalid(method));
            case "/logspec" -> logSpec(method, body);
            case "/metrics" -> metrics(method);
            default -> Reply.json(404, "error", "there are /healthz, /metrics, /version and /logspec, not " + path);
        };
    }

    private static String invalid(String method) {
        return "invalid request method: " + method;
    }

    private Reply health() {
        Map<String, String> failures = health.failures();
        Map<String, String> members = new LinkedHashMap<>();
        members.put("status", Reply.quoted(failures.isEmpty() ? "OK" : "Service Unavailable"));
        members.put("time", Reply.quoted(Instant.now().toString()));
        if (!failures.isEmpty()) {
            members.put("failed_checks", list(failures));
        }
        return Reply.json(failures.isEmpty() ? 200 : 503, Reply.object(members));
    }

    private static String list(Map<String, String> failures) {
        return failures.entrySet().stream()
                .map(failure -> "{\"component\":" + Reply.quoted(failure.getKey()) + ",\"reason\":"
                        + Reply.quoted(failure.getValue()) + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private Reply version() {
        return Reply.json(200, "Version", version);
    }

    private Reply metrics(String method) {
        if (!method.equals("GET")) {
            return Reply.json(405, "error", "only GET is allowed here");
        }
        return meters.map(all -> new Reply(200, PrometheusMeters.CONTENT_TYPE, all.scrape()))
                .orElseGet(() -> Reply.json(404, "error", "metrics are off; set metrics.provider to prometheus"));
    }

    private Reply logSpec(String method, byte[] body) {
        return switch (method) {
            case "GET" -> Reply.json(200, "spec", logging.current());
            case "PUT" -> activate(body);
            default -> Reply.json(400, "error", invalid(method));
        };
    }

    private Reply activate(byte[] body) {
        try {
            // JSON is YAML, and this reader builds nothing but plain values.
            Object request =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(body, StandardCharsets.UTF_8));
            if (!(request instanceof Map<?, ?> members) || !(members.get("spec") instanceof String spec)) {
                return Reply.json(400, "error", "the body must be like {\"spec\":\"info\"}");
            }
            logging.activate(spec);
            return Reply.empty(204);
        } catch (YAMLException e) {
            return Reply.json(400, "error", "the body is not JSON: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return Reply.json(400, "error", String.valueOf(e.getMessage()));
        }
    }
}
