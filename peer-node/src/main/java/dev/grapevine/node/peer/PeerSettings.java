package dev.grapevine.node.peer;

import dev.grapevine.channel.GossipConfig;
import dev.grapevine.comm.CommConfig;
import dev.grapevine.discovery.DiscoveryConfig;
import dev.grapevine.election.ElectionConfig;
import dev.grapevine.state.StateConfig;
import dev.grapevine.state.deliver.DeliverConfig;

/** The settings of all rooms. */
public record PeerSettings(
        CommConfig comm,
        DiscoveryConfig discovery,
        GossipConfig gossip,
        ElectionConfig election,
        StateConfig state,
        DeliverConfig deliver) {
    /**
     * Fabric's defaults with what makes a network replicate out of the box: a leader is elected and missing blocks are
     * fetched from other peers.
     *
     * @param endpoint where the peers of our organisation reach us, {@code host:port}
     */
    public static PeerSettings replicating(String endpoint) {
        return new PeerSettings(
                CommConfig.defaults(),
                DiscoveryConfig.defaults(endpoint),
                GossipConfig.defaults(),
                ElectionConfig.defaults().electing(),
                StateConfig.defaults().withEnabled(true),
                DeliverConfig.defaults());
    }

    /** The same peer with or without Grapevine's extensions; without, it does what a plain Fabric peer does. */
    public PeerSettings withExtensions(boolean spoken) {
        return withComm(comm.withExtensions(spoken)).withDiscovery(discovery.withExtensions(spoken));
    }

    public PeerSettings withDiscovery(DiscoveryConfig changed) {
        return new PeerSettings(comm, changed, gossip, election, state, deliver);
    }

    public PeerSettings withGossip(GossipConfig changed) {
        return new PeerSettings(comm, discovery, changed, election, state, deliver);
    }

    public PeerSettings withElection(ElectionConfig changed) {
        return new PeerSettings(comm, discovery, gossip, changed, state, deliver);
    }

    public PeerSettings withState(StateConfig changed) {
        return new PeerSettings(comm, discovery, gossip, election, changed, deliver);
    }

    public PeerSettings withDeliver(DeliverConfig changed) {
        return new PeerSettings(comm, discovery, gossip, election, state, changed);
    }

    public PeerSettings withComm(CommConfig changed) {
        return new PeerSettings(changed, discovery, gossip, election, state, deliver);
    }
}
