package dev.grapevine.cli.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Json;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.admin.ChannelStatusResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hyperledger.fabric.protos.discovery.Peer;
import org.hyperledger.fabric.protos.discovery.PeerMembershipResult;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/**
 * A peer as a node sees it.
 *
 * @param pkiId its PKI-ID in hexadecimal
 * @param endpoint where others reach it; empty if it tells nobody outside its organisation
 * @param height blocks in its chain, an unsigned number; empty where no channel was asked for
 * @param leader whether it leads its organisation in the channel; empty where the node that was asked cannot know
 */
record SeenPeer(String pkiId, String organisation, String endpoint, OptionalLong height, Optional<Boolean> leader) {
    private static final Comparator<SeenPeer> ORDER = Comparator.comparing(SeenPeer::organisation)
            .thenComparing(SeenPeer::endpoint)
            .thenComparing(SeenPeer::pkiId);

    /** All peers in an answer, by organisation and endpoint. */
    static List<SeenPeer> all(PeerMembershipResult answer) {
        List<SeenPeer> peers = new ArrayList<>();
        answer.getPeersByOrgMap()
                .forEach((organisation, members) ->
                        members.getPeersList().forEach(peer -> peers.add(of(organisation, peer))));
        peers.sort(ORDER);
        return peers;
    }

    private static SeenPeer of(String organisation, Peer peer) {
        try {
            return new SeenPeer(
                    PkiId.of(SerializedIdentity.parseFrom(peer.getIdentity())).hex(),
                    organisation,
                    message(peer.getMembershipInfo())
                            .getAliveMsg()
                            .getMembership()
                            .getEndpoint(),
                    peer.hasStateInfo() ? OptionalLong.of(height(peer.getStateInfo())) : OptionalLong.empty(),
                    Optional.empty());
        } catch (InvalidProtocolBufferException | MalformedMessageException e) {
            throw new CommandFailure("the node's answer about a peer of " + organisation + " does not parse", e);
        }
    }

    private static long height(Envelope stateInfo) throws MalformedMessageException {
        return message(stateInfo).getStateInfo().getProperties().getLedgerHeight();
    }

    private static GossipMessage message(Envelope envelope) throws MalformedMessageException {
        return SignedGossipMessage.of(envelope).message();
    }

    /** The same peer, with what the asked node knows of its organisation's leader; unchanged if it is of another one. */
    SeenPeer with(ChannelStatusResponse status) {
        return organisation.equals(status.getMspId())
                ? new SeenPeer(
                        pkiId, organisation, endpoint, height, Optional.of(pkiId.equals(Hex.of(status.getLeader()))))
                : this;
    }

    /** The height as text; empty if unknown. */
    String heightText() {
        return height.isPresent() ? Long.toUnsignedString(height.getAsLong()) : "";
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("pki_id", pkiId)
                .put("organisation", organisation)
                .put("endpoint", endpoint);
        height.ifPresent(blocks -> json.put("height", blocks));
        leader.ifPresent(leads -> json.put("leader", leads));
        return json;
    }
}
