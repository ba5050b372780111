package dev.grapevine.node.peer;

import dev.grapevine.channel.ChannelPeer;
import dev.grapevine.channel.GossipChannel;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.election.ElectionView;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PayloadSigner;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.state.ChannelPeers;
import java.util.List;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.gossip.GossipMessage;

/** The other peers of a channel, as state transfer and leader election want to see them. */
final class ChannelNeighbours implements ChannelPeers {
    private final GossipChannel channel;
    private final MspId ownOrganisation;
    private final PayloadSigner signer;
    private final Predicate<NetworkMember> probed;

    /** @param probed whether a peer's failure is noticed by probes */
    ChannelNeighbours(
            GossipChannel channel, MspId ownOrganisation, PayloadSigner signer, Predicate<NetworkMember> probed) {
        this.channel = channel;
        this.ownOrganisation = ownOrganisation;
        this.signer = signer;
        this.probed = probed;
    }

    @Override
    public List<Candidate> peers() {
        return candidates(channel.peers());
    }

    @Override
    public List<Candidate> above(long height) {
        return candidates(channel.peersAbove(height));
    }

    private List<Candidate> candidates(List<ChannelPeer> described) {
        return described.stream()
                .map(peer -> new Candidate(
                        peer.pkiId(),
                        peer.ledgerHeight(),
                        isOurs(peer),
                        peer.member().revision()))
                .toList();
    }

    @Override
    public void send(SignedGossipMessage message, PkiId peer) {
        channel.send(message, peer);
    }

    private boolean isOurs(ChannelPeer peer) {
        return peer.organisation().equals(ownOrganisation);
    }

    /** Those of our organisation, for the election of a leader. */
    ElectionView electors() {
        return new ElectionView() {
            @Override
            public List<PkiId> peers() {
                return channel.ownOrganisation().stream()
                        .map(NetworkMember::pkiId)
                        .toList();
            }

            @Override
            public boolean has(PkiId peer) {
                return channel.peer(peer).filter(ChannelNeighbours.this::isOurs).isPresent();
            }

            @Override
            public boolean noticesFailures() {
                return channel.ownOrganisation().stream().allMatch(probed);
            }

            @Override
            public void gossip(GossipMessage message) {
                channel.gossipLeadership(SignedGossipMessage.signed(message, signer));
            }
        };
    }
}
