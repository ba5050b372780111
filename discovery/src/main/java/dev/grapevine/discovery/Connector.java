package dev.grapevine.discovery;

import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Connects to bootstrap and anchor peers, once for each endpoint at a time, and knows which endpoints these are. */
final class Connector {
    /** Endpoints being connected to at a time at most. */
    private static final int MAX_AT_A_TIME = 1_000;

    private final DiscoveryConfig config;
    private final DiscoveryPorts ports;
    private final OwnAlive own;
    private final MembershipRequests requests;
    private final Map<String, ConnectAttempt> attempts = new LinkedHashMap<>();
    private final Map<ChannelId, List<String>> anchors = new TreeMap<>();
    private boolean stopped;

    Connector(DiscoveryConfig config, DiscoveryPorts ports, OwnAlive own, MembershipRequests requests) {
        this.config = config;
        this.ports = ports;
        this.own = own;
        this.requests = requests;
    }

    /** Connects to every bootstrap peer; they must be of our own organisation. */
    void connectToBootstrap() {
        config.bootstrap().forEach(endpoint -> connect(endpoint, ports.self().mspId()));
    }

    /** Replaces the anchors of a channel and connects to them. One of another organisation may turn out to be of any. */
    void connectToAnchors(ChannelId channel, List<AnchorPeer> peers) {
        List<AnchorPeer> usable = peers.stream().filter(AnchorPeer::isUsable).toList();
        anchors.put(channel, usable.stream().map(AnchorPeer::endpoint).toList());
        giveUpWhatIsNoLandmark();
        MspId ownOrganisation = ports.self().mspId();
        for (AnchorPeer peer : usable) {
            if (peer.organisation().equals(ownOrganisation)) {
                connect(peer.endpoint(), ownOrganisation);
            } else if (own.member().hasExternalEndpoint()) {
                connect(peer.endpoint(), null);
            }
        }
    }

    void removeAnchors(ChannelId channel) {
        anchors.remove(channel);
        giveUpWhatIsNoLandmark();
    }

    /** An anchor that a configuration has removed, because it moved or was never there, is not dialled for ever. */
    private void giveUpWhatIsNoLandmark() {
        for (String endpoint : List.copyOf(attempts.keySet())) {
            if (!isLandmark(endpoint)) {
                Objects.requireNonNull(attempts.remove(endpoint)).stop();
            }
        }
    }

    private void connect(String endpoint, @Nullable MspId required) {
        if (stopped || isOurselves(endpoint) || attempts.containsKey(endpoint) || attempts.size() >= MAX_AT_A_TIME) {
            return;
        }
        ConnectAttempt attempt =
                new ConnectAttempt(endpoint, required, config, ports, own, requests, () -> attempts.remove(endpoint));
        attempts.put(endpoint, attempt);
        attempt.probe();
    }

    private boolean isOurselves(String endpoint) {
        String port = Endpoint.port(config.endpoint());
        return endpoint.equals("127.0.0.1:" + port)
                || endpoint.equals("localhost:" + port)
                || endpoint.equals(config.endpoint())
                || endpoint.equals(own.member().endpoint());
    }

    /** A membership response with this nonce has come. */
    void answered(long nonce) {
        List.copyOf(attempts.values()).forEach(attempt -> attempt.answered(nonce));
    }

    /** Whether a peer is at a bootstrap or anchor endpoint: the way back into the network after a long time alone. */
    boolean isLandmark(NetworkMember member) {
        return isLandmark(member.endpoint()) || isLandmark(member.internalEndpoint());
    }

    private boolean isLandmark(String endpoint) {
        return config.bootstrap().contains(endpoint)
                || anchors.values().stream().anyMatch(endpoints -> endpoints.contains(endpoint));
    }

    void stop() {
        stopped = true;
        new ArrayList<>(attempts.values()).forEach(ConnectAttempt::stop);
        attempts.clear();
    }
}
