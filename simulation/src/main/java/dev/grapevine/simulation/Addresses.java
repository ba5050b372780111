package dev.grapevine.simulation;

import dev.grapevine.discovery.AnchorPeer;
import dev.grapevine.discovery.DiscoveryConfig;
import dev.grapevine.node.peer.PeerSettings;
import dev.grapevine.proto.MspId;
import java.util.List;
import java.util.Locale;

/** Where the peers of a simulation are found. */
final class Addresses {
    private static final int PORT = 7051;

    private Addresses() {}

    /** The first peer of an organisation is its anchor. */
    static List<AnchorPeer> anchors(MspId organisation) {
        return List.of(new AnchorPeer(organisation, host(organisation, 0), PORT));
    }

    /** The settings of a peer that replicates, and joins through the first of its organisation. */
    static PeerSettings settings(MspId organisation, int number) {
        String endpoint = host(organisation, number) + ":" + PORT;
        return PeerSettings.replicating(endpoint)
                .withDiscovery(DiscoveryConfig.defaults(endpoint)
                        .withExternalEndpoint(endpoint)
                        .withBootstrap(host(organisation, 0) + ":" + PORT));
    }

    private static String host(MspId organisation, int number) {
        return "peer" + number + "." + organisation.name().toLowerCase(Locale.ROOT);
    }
}
