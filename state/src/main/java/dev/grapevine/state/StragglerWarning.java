package dev.grapevine.state;

import dev.grapevine.proto.ChannelId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator of a peer that depends on others, has the periodic state transfer off and is far behind, what to change
 * (specification 10.2). Once for each time it falls behind.
 */
final class StragglerWarning {
    private static final int THRESHOLD = 100;

    private final Logger log = LoggerFactory.getLogger(StragglerWarning.class);
    private final ChannelId channel;
    private final boolean enabled;
    private final boolean dependsOnOthers;
    private boolean warned;

    StragglerWarning(ChannelId channel, boolean enabled, boolean dependsOnOthers) {
        this.channel = channel;
        this.enabled = enabled;
        this.dependsOnOthers = dependsOnOthers;
    }

    /** Whether a peer at {@code height} that receives block {@code number} is one to be warned. */
    boolean isStraggler(long number, long height) {
        return !enabled
                && dependsOnOthers
                && Long.compareUnsigned(number, height) > 0
                && Long.compareUnsigned(number - height, THRESHOLD) > 0;
    }

    void received(long number, long height) {
        boolean straggler = isStraggler(number, height);
        if (straggler && !warned) {
            log.warn(
                    "channel {} is at height {} but receives block {}: this peer is catching up by gap repair alone; "
                            + "set peer.gossip.state.enabled=true to add the periodic round",
                    channel,
                    Long.toUnsignedString(height),
                    Long.toUnsignedString(number));
        }
        warned = straggler;
    }
}
