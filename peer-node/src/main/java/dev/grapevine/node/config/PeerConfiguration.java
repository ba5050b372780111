package dev.grapevine.node.config;

import dev.grapevine.channel.GossipConfig;
import dev.grapevine.comm.CommConfig;
import dev.grapevine.discovery.DiscoveryConfig;
import dev.grapevine.election.ElectionConfig;
import dev.grapevine.proto.MspId;
import dev.grapevine.state.StateConfig;
import dev.grapevine.state.deliver.DeliverConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a peer was told to be. Keys in parentheses are those of {@code core.yaml}; docs/operations.md has them all.
 *
 * @param id the name of this peer, for people ({@code peer.id})
 * @param networkId the name of its network, for people ({@code peer.networkId})
 * @param listenAddress {@code host:port} to bind ({@code peer.listenAddress})
 * @param address {@code host:port} at which others reach it, detected if so configured ({@code peer.address})
 * @param localMspId its organisation ({@code peer.localMspId})
 * @param mspConfigPath the folder of its identity ({@code peer.mspConfigPath})
 * @param fileSystemPath where it keeps its ledgers ({@code peer.fileSystemPath})
 * @param tls empty if TLS is switched off ({@code peer.tls.*})
 * @param ignoredKeys keys that were set and belong to parts this peer does not have
 * @param unknownKeys keys that were set and that Fabric does not know either
 */
public record PeerConfiguration(
        String id,
        String networkId,
        String listenAddress,
        String address,
        MspId localMspId,
        Path mspConfigPath,
        Path fileSystemPath,
        Optional<TlsSettings> tls,
        CommConfig comm,
        DiscoveryConfig discovery,
        ElectionConfig election,
        GossipConfig gossip,
        StateConfig state,
        DeliverConfig deliver,
        ServiceSettings services,
        OperationsSettings operations,
        List<String> ignoredKeys,
        List<String> unknownKeys) {
    public PeerConfiguration {
        ignoredKeys = List.copyOf(ignoredKeys);
        unknownKeys = List.copyOf(unknownKeys);
    }
}
