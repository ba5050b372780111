package dev.grapevine.node;

import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.msp.Identity;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.node.services.AccessControl;
import dev.grapevine.node.trust.ConfiguredTrust;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.time.Clock;
import java.util.Optional;

/**
 * Access control as Fabric has it: its default policy for each resource, or the one the channel's configuration gives. Policies
 * do not look at a clock; that a certificate has not expired is asked of every caller here.
 */
final class ChannelAccess implements AccessControl {
    private static final String DISCOVERY = "discovery";
    private static final String WRITERS = "/Channel/Application/Writers";
    private static final String APPLICATION = "/Channel/Application/";

    private final ConfiguredTrust trust;
    private final Clock clock;

    ChannelAccess(ConfiguredTrust trust, Clock clock) {
        this.trust = trust;
        this.clock = clock;
    }

    @Override
    public Optional<Rejection> checkLocal(LocalRole role, SignedData caller) {
        return refusal(
                role == LocalRole.ADMIN
                        ? trust.crypto().evaluateLocalAdmin(caller)
                        : trust.crypto().evaluateLocalMember(caller));
    }

    @Override
    public Optional<Rejection> checkChannel(ChannelId channel, String resource, SignedData caller) {
        return refusal(trust.crypto().evaluate(channel, policy(channel, resource), caller));
    }

    private String policy(ChannelId channel, String resource) {
        String standard = resource.equals(DISCOVERY) ? WRITERS : ChannelConfig.READERS;
        return trust.config(channel)
                .map(config -> config.application().acls().get(resource))
                .map(reference -> reference.startsWith("/") ? reference : APPLICATION + reference)
                .orElse(standard);
    }

    private Optional<Rejection> refusal(Verdict<Identity> verdict) {
        if (!verdict.isAccepted()) {
            return Optional.of(verdict.rejection());
        }
        Identity caller = verdict.value();
        return clock.instant().isAfter(caller.notAfter())
                ? Optional.of(new Rejection(
                        "expired-certificate", "the certificate of " + caller + " has expired at " + caller.notAfter()))
                : Optional.empty();
    }
}
