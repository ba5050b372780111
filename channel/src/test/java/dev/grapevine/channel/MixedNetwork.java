package dev.grapevine.channel;

import static dev.grapevine.channel.Messages.verified;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.Capability;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;

/** Peers of one organisation in one channel, with or without the mark, that commit what they are given in order. */
final class MixedNetwork {
    static final ChannelId CHANNEL = new ChannelId("lab");
    static final List<ByteString> CHAIN = ModelledCrypto.chain(CHANNEL, 130, 300);
    private static final MspId ORG = new MspId("Org1MSP");

    final FakeNetwork network = new FakeNetwork();
    final List<FakePeer> peers = new ArrayList<>();

    FakePeer add(String name, int revision) {
        network.revision = revision;
        FakePeer peer = network.peer(ORG, name, GossipConfig.defaults(), new ModelledCrypto(ORG).join(CHANNEL, ORG));
        GossipChannel channel = peer.join(CHANNEL, ORG);
        channel.onBlock(block -> {
            peer.delivered.add(block);
            commit(peer);
        });
        peers.add(peer);
        return peer;
    }

    void commit(FakePeer peer) {
        List<Long> have = peer.deliveredNumbers();
        long height = 1;
        while (have.contains(height)) {
            height++;
        }
        peer.channel(CHANNEL).updateLedgerHeight(height);
    }

    /** So many peers that speak the extensions; they know each other. */
    static MixedNetwork capable(int count) {
        MixedNetwork mixed = new MixedNetwork();
        for (int number = 0; number < count; number++) {
            mixed.add("peer" + number, Capability.REVISION);
        }
        mixed.acquaint();
        return mixed;
    }

    void acquaint() {
        network.acquaint();
        peers.forEach(peer -> peer.gossip.memberAppeared());
        network.runFor(Duration.ofSeconds(10));
        assertThat(peers)
                .allSatisfy(peer -> assertThat(peer.channel(CHANNEL).peers()).hasSize(peers.size() - 1));
        network.sent.clear();
    }

    /** The first peer has a block of the ordering service. */
    void order(int number) {
        FakePeer root = peers.get(0);
        var block = verified(root.crypto, CHANNEL, number, CHAIN.get(number));
        root.delivered.add(block);
        root.channel(CHANNEL).gossip(block);
        commit(root);
    }

    long lacking(int number) {
        return peers.stream()
                .filter(peer -> !peer.deliveredNumbers().contains((long) number))
                .count();
    }

    /** Copies of blocks that were sent. */
    long copies() {
        return network.count(sent -> sent.message().type() == ContentCase.DATA_MSG);
    }

    Map<PkiId, Integer> copiesByPeer() {
        Map<PkiId, Integer> copies = new TreeMap<>();
        peers.forEach(peer -> copies.put(peer.id(), 0));
        network.sent.stream()
                .filter(sent -> sent.message().type() == ContentCase.DATA_MSG)
                .forEach(sent -> copies.merge(sent.from(), 1, Integer::sum));
        return copies;
    }
}
