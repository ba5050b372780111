package dev.grapevine.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What a peer's operations endpoint says of it.
 *
 * @param height blocks it has committed
 * @param members other peers it sees in the channel
 */
record PeerStatus(long height, boolean leader, int members) {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /** Asks; empty if it does not answer. */
    static Optional<PeerStatus> of(int operationsPort) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operationsPort + "/metrics"))
                .timeout(TIMEOUT)
                .build();
        try {
            String metrics =
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return Optional.of(new PeerStatus(
                    (long) value(metrics, "gossip_state_height"),
                    value(metrics, "gossip_leader_election_leader") > 0,
                    (int) value(metrics, "gossip_membership_total_peers_known")));
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(DemoMaterial.CHANNEL))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }
}
