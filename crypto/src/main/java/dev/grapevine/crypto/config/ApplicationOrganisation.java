package dev.grapevine.crypto.config;

import dev.grapevine.crypto.msp.Msp;
import java.util.List;

/**
 * An organisation whose peers are of the channel.
 *
 * @param name its name within the configuration, which need not be its MSP ID
 */
public record ApplicationOrganisation(String name, Msp msp, List<AnchorPeer> anchorPeers) {
    public ApplicationOrganisation {
        anchorPeers = List.copyOf(anchorPeers);
    }
}
