package dev.grapevine.discovery;

import dev.grapevine.discovery.liveness.LivenessConfig;
import java.time.Duration;
import java.util.List;

/**
 * What can be set about membership; defaults are Fabric's.
 *
 * @param endpoint where peers of our own organisation reach us, {@code host:port} ({@code peer.gossip.endpoint}, or
 *     {@code peer.address})
 * @param externalEndpoint where everybody reaches us; empty keeps us unknown to other organisations
 *     ({@code peer.gossip.externalEndpoint})
 * @param bootstrap peers of our own organisation to connect to at start ({@code peer.gossip.bootstrap})
 * @param aliveTimeInterval between two heartbeats; shorter finds the dead sooner and costs every peer a signature check per
 *     heartbeat ({@code peer.gossip.aliveTimeInterval})
 * @param aliveExpirationTimeout without news after which a peer is dead; five heartbeats forgive four lost ones
 *     ({@code peer.gossip.aliveExpirationTimeout})
 * @param reconnectInterval between two attempts to reach the dead, and the longest pause between two attempts to connect
 *     ({@code peer.gossip.reconnectInterval})
 * @param maxConnectionAttempts to a bootstrap or anchor peer before giving up ({@code peer.gossip.maxConnectionAttempts})
 * @param msgExpirationFactor times the expiration timeout until the dead are forgotten
 *     ({@code peer.gossip.msgExpirationFactor})
 * @param publishCertPeriod since we know somebody else to be alive, in which alive messages carry our certificate
 *     ({@code peer.gossip.publishCertPeriod})
 * @param pullInterval between two membership requests ({@code peer.gossip.pullInterval})
 * @param pullPeerNum how many random peers each of them goes to ({@code peer.gossip.pullPeerNum})
 * @param detection how failures of peers that speak the extensions are noticed; others fall silent for
 *     {@code aliveExpirationTimeout}
 * @param extensions whether we announce that we speak Grapevine's extensions; without, we are a plain Fabric peer
 */
public record DiscoveryConfig(
        String endpoint,
        String externalEndpoint,
        List<String> bootstrap,
        Duration aliveTimeInterval,
        Duration aliveExpirationTimeout,
        Duration reconnectInterval,
        int maxConnectionAttempts,
        int msgExpirationFactor,
        Duration publishCertPeriod,
        Duration pullInterval,
        int pullPeerNum,
        boolean extensions,
        FailureDetection detection) {
    private static final int CHECKS_PER_TIMEOUT = 10;

    /** @throws IllegalArgumentException if a value cannot work, naming its key */
    public DiscoveryConfig {
        bootstrap = List.copyOf(bootstrap);
        requireEndpoint("peer.gossip.endpoint", endpoint);
        if (!externalEndpoint.isEmpty()) {
            requireEndpoint("peer.gossip.externalEndpoint", externalEndpoint);
        }
        bootstrap.forEach(each -> requireEndpoint("peer.gossip.bootstrap", each));
        requirePositive("peer.gossip.aliveTimeInterval", aliveTimeInterval);
        requirePositive("peer.gossip.reconnectInterval", reconnectInterval);
        requirePositive("peer.gossip.pullInterval", pullInterval);
        requireAtLeastOne("peer.gossip.maxConnectionAttempts", maxConnectionAttempts);
        requireAtLeastOne("peer.gossip.msgExpirationFactor", msgExpirationFactor);
        requireAtLeastOne("peer.gossip.pullPeerNum", pullPeerNum);
        if (publishCertPeriod.isNegative()) {
            throw new IllegalArgumentException(
                    "peer.gossip.publishCertPeriod is " + publishCertPeriod + "; it must not be negative");
        }
        if (aliveExpirationTimeout.compareTo(aliveTimeInterval) <= 0) {
            throw new IllegalArgumentException("peer.gossip.aliveExpirationTimeout is " + aliveExpirationTimeout
                    + "; it must be longer than peer.gossip.aliveTimeInterval (" + aliveTimeInterval
                    + "), five times that forgives four lost heartbeats");
        }
    }

    /** Fabric's defaults for a peer of one organisation that nobody outside knows. */
    public static DiscoveryConfig defaults(String endpoint) {
        return new DiscoveryConfig(
                endpoint,
                "",
                List.of(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(25),
                Duration.ofSeconds(25),
                120,
                20,
                Duration.ofSeconds(10),
                Duration.ofSeconds(4),
                3,
                true,
                FailureDetection.swim(LivenessConfig.lan()));
    }

    public DiscoveryConfig withExternalEndpoint(String endpointForAll) {
        return with(endpointForAll, bootstrap, extensions, detection);
    }

    public DiscoveryConfig withBootstrap(String... endpoints) {
        return with(externalEndpoint, List.of(endpoints), extensions, detection);
    }

    public DiscoveryConfig withExtensions(boolean announced) {
        return with(externalEndpoint, bootstrap, announced, detection);
    }

    public DiscoveryConfig withDetection(FailureDetection chosen) {
        return with(externalEndpoint, bootstrap, extensions, chosen);
    }

    /** The same but for these. */
    private DiscoveryConfig with(
            String endpointForAll, List<String> endpoints, boolean announced, FailureDetection chosen) {
        return new DiscoveryConfig(
                endpoint,
                endpointForAll,
                endpoints,
                aliveTimeInterval,
                aliveExpirationTimeout,
                reconnectInterval,
                maxConnectionAttempts,
                msgExpirationFactor,
                publishCertPeriod,
                pullInterval,
                pullPeerNum,
                announced,
                chosen);
    }

    /** Whether failures of capable peers are noticed by probes, which need no heartbeats. */
    boolean probes() {
        return extensions && detection.kind() == FailureDetection.Kind.SWIM;
    }

    /** How often the living are looked through for the silent: a tenth of the expiration timeout, as in Fabric. */
    public Duration expirationCheckInterval() {
        return aliveExpirationTimeout.dividedBy(CHECKS_PER_TIMEOUT);
    }

    /** How long a peer is remembered without news; twice that, its old messages are still refused. */
    public Duration memory() {
        return aliveExpirationTimeout.multipliedBy(msgExpirationFactor);
    }

    private static void requireEndpoint(String key, String value) {
        Endpoint.fault(value).ifPresent(fault -> {
            throw new IllegalArgumentException(
                    key + " is '" + value + "': " + fault + "; it must be like peer0.org1.example.com:7051");
        });
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be longer than nothing");
        }
    }

    private static void requireAtLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be at least 1");
        }
    }
}
