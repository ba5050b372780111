package dev.grapevine.node.config;

import java.time.Duration;

/**
 * What the services for clients do.
 *
 * @param authenticationTimeWindow how far a client's clock may be off ({@code peer.authentication.timewindow})
 * @param endorserConcurrency calls of ProcessProposal under way at once ({@code peer.limits.concurrency.endorserService})
 * @param deliverConcurrency Deliver streams open at once ({@code peer.limits.concurrency.deliverService})
 * @param discoveryEnabled whether service discovery answers ({@code peer.discovery.enabled})
 * @param orgMembersAllowedAccess whether it answers plain members about local peers, not only admins
 *     ({@code peer.discovery.orgMembersAllowedAccess})
 */
public record ServiceSettings(
        Duration authenticationTimeWindow,
        int endorserConcurrency,
        int deliverConcurrency,
        boolean discoveryEnabled,
        boolean orgMembersAllowedAccess) {
    /** Fabric's defaults. */
    public static ServiceSettings defaults() {
        return new ServiceSettings(Duration.ofMinutes(15), 2500, 2500, true, false);
    }

    static ServiceSettings read(Settings settings) {
        return new ServiceSettings(
                settings.duration("peer.authentication.timewindow", Duration.ofMinutes(15)),
                settings.number("peer.limits.concurrency.endorserService", 2500, 1),
                settings.number("peer.limits.concurrency.deliverService", 2500, 1),
                settings.flag("peer.discovery.enabled", true),
                settings.flag("peer.discovery.orgMembersAllowedAccess", false));
    }
}
