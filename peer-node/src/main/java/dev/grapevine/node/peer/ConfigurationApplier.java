package dev.grapevine.node.peer;

import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import dev.grapevine.state.ConfigurationGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a configuration block of one channel between block n and n+1, in this order: MSPs and policies, TLS trust, gossip
 * (organisations, anchors, orderers), and last the identities we hold are judged again. Fabric judges them before the MSPs are
 * replaced, so that a revocation there takes effect one configuration block late.
 */
final class ConfigurationApplier implements ConfigurationGate {
    private static final Logger log = LoggerFactory.getLogger(ConfigurationApplier.class);

    private final PeerContext peer;
    private final List<Consumer<ChannelSettings>> steps = new ArrayList<>();
    private ChannelSettings inForce;

    /** Starts with a configuration whose MSPs and policies are in force already. */
    ConfigurationApplier(PeerContext peer, ChannelSettings opened) {
        this.peer = peer;
        this.inForce = opened;
    }

    /** Adds what gossip does with a new configuration, after trust has changed and before identities are judged again. */
    void onApplied(Consumer<ChannelSettings> step) {
        steps.add(step);
    }

    ChannelSettings settings() {
        return inForce;
    }

    @Override
    public long inForce() {
        return inForce.block();
    }

    @Override
    public void apply(VerifiedBlock config, Consumer<Optional<Rejection>> done) {
        peer.ports()
                .workers()
                .submit(
                        () -> peer.ports().trust().succeed(config),
                        (verdict, failure) -> judge(config, verdict, failure, done));
    }

    private void judge(
            VerifiedBlock config,
            @Nullable Verdict<ChannelSettings> verdict,
            @Nullable Throwable failure,
            Consumer<Optional<Rejection>> done) {
        if (verdict == null) {
            log.error("configuration block {} could not be read", config, failure);
            done.accept(Optional.of(new Rejection("configuration-failed", String.valueOf(failure))));
        } else if (!verdict.isAccepted()) {
            done.accept(Optional.of(verdict.rejection()));
        } else {
            takeEffect(verdict.value());
            done.accept(Optional.empty());
        }
    }

    /** Everything that follows new MSPs and policies. */
    void takeEffect(ChannelSettings settings) {
        inForce = settings;
        peer.tlsTrust().put(settings.channel(), settings.tlsRoots());
        steps.forEach(step -> step.accept(settings));
        peer.identityCare().revalidate();
        log.info(
                "configuration {} of {} is in force: organisations {}, ordering nodes {}",
                settings.sequence(),
                settings.channel(),
                settings.organisations().keySet(),
                settings.orderers());
        if (!settings.organisations().containsKey(peer.ports().self().mspId())) {
            log.error(
                    "our organisation {} is not in channel {}: nobody there will gossip with us",
                    peer.ports().self().mspId(),
                    settings.channel());
        }
    }
}
