package dev.grapevine.node;

import dev.grapevine.channel.GossipChannel;
import dev.grapevine.crypto.ValidIdentity;
import dev.grapevine.node.peer.PeerNode;
import dev.grapevine.node.services.DiscoveryService;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.hyperledger.fabric.protos.discovery.Peer;
import org.hyperledger.fabric.protos.discovery.PeerMembershipResult;
import org.hyperledger.fabric.protos.discovery.Peers;

/** Whom this node sees, in the form service discovery gives it. Asks the loop and waits for it; not to be used on the loop. */
final class VisiblePeers implements DiscoveryService.Peers {
    private final PeerNode node;
    private final LoopCalls loop;

    VisiblePeers(PeerNode node, LoopCalls loop) {
        this.node = node;
        this.loop = loop;
    }

    @Override
    public PeerMembershipResult local() {
        return loop.await(() -> collect(peer -> Optional.of(Peer.newBuilder())));
    }

    @Override
    public PeerMembershipResult ofChannel(ChannelId channel) {
        return loop.await(() -> node.gossip()
                .channel(channel)
                .map(joined -> collect(peer -> inChannel(joined, peer)))
                .orElseGet(PeerMembershipResult::getDefaultInstance));
    }

    private Optional<Peer.Builder> inChannel(GossipChannel channel, PkiId peer) {
        return stateInfo(channel, peer).map(info -> Peer.newBuilder().setStateInfo(info.envelope()));
    }

    /** Ourselves we show even while we are alone and have published nothing. */
    private Optional<SignedGossipMessage> stateInfo(GossipChannel channel, PkiId peer) {
        if (peer.equals(node.discovery().self().pkiId())) {
            return channel.hasLeft() ? Optional.empty() : Optional.of(channel.ownStateInfo());
        }
        boolean visible =
                channel.peers().stream().anyMatch(other -> other.pkiId().equals(peer));
        return visible ? channel.stateInfoOf(peer) : Optional.empty();
    }

    private PeerMembershipResult collect(Function<PkiId, Optional<Peer.Builder>> begin) {
        Map<PkiId, ValidIdentity> identities = new TreeMap<>();
        node.identities().all().forEach(identity -> identities.put(identity.pkiId(), identity));
        Map<String, Peers.Builder> byOrganisation = new TreeMap<>();
        for (SignedGossipMessage alive : node.discovery().aliveMessages()) {
            PkiId peer = new PkiId(alive.message().getAliveMsg().getMembership().getPkiId());
            ValidIdentity identity = identities.get(peer);
            if (identity != null) {
                begin.apply(peer)
                        .ifPresent(builder -> byOrganisation
                                .computeIfAbsent(identity.mspId().name(), unknown -> Peers.newBuilder())
                                .addPeers(builder.setMembershipInfo(alive.envelope())
                                        .setIdentity(identity.serialized())));
            }
        }
        PeerMembershipResult.Builder result = PeerMembershipResult.newBuilder();
        byOrganisation.forEach((organisation, peers) -> result.putPeersByOrg(organisation, peers.build()));
        return result.build();
    }
}
