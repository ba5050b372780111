package dev.grapevine.state;

import dev.grapevine.proto.ChannelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a channel may still commit. A fork, an unacceptable configuration or a failing disk halts it for good: it keeps
 * serving what it has, takes nothing more, and says why (Fabric: "will halt channel processing", or a panic).
 */
final class ChannelHalt {
    private final Logger log = LoggerFactory.getLogger(ChannelHalt.class);
    private final ChannelId channel;
    private final List<Consumer<String>> listeners = new ArrayList<>();
    private @Nullable String reason;

    ChannelHalt(ChannelId channel) {
        this.channel = channel;
    }

    boolean isHalted() {
        return reason != null;
    }

    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    void onHalt(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Ends the channel's work without alarm: this peer leaves it or stops. */
    void quietly() {
        if (reason == null) {
            reason = "stopped";
        }
    }

    /** Only the first reason counts; what fails afterwards follows from it. */
    void because(String why) {
        if (reason == null) {
            reason = why;
            log.error("channel {} is halted and commits nothing more until this peer is restarted: {}", channel, why);
            listeners.forEach(listener -> listener.accept(why));
        }
    }
}
