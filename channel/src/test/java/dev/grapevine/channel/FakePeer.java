package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.InnerMessages;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;

/** One node of a test: the room's production classes over a fake network and a membership that is told who is alive. */
final class FakePeer {
    final FakeNetwork network;
    final VirtualTime.Node node;
    final SigningIdentity identity;
    final NetworkMember member;
    final FakeMembership membership;
    final RecordingMeters meters = new RecordingMeters();
    final IdentityStore identities;
    final CountingCrypto crypto;
    final GossipPorts ports;
    final GossipNode gossip;
    final List<FakeReceived> toDiscovery = new ArrayList<>();
    final List<VerifiedBlock> delivered = new ArrayList<>();

    FakePeer(
            FakeNetwork network,
            MspId organisation,
            String name,
            String externalEndpoint,
            GossipConfig config,
            ModelledCrypto crypto) {
        this.network = network;
        this.node = network.time.newNode();
        this.identity = ModelledCrypto.identity(organisation, name);
        this.member = new NetworkMember(
                identity.pkiId(), externalEndpoint, name + ".internal:7051", ByteString.EMPTY, network.revision);
        this.membership = new FakeMembership(member);
        this.crypto = new CountingCrypto(crypto);
        this.identities = new IdentityStore(this.crypto, identity, 1000, node.wallTime());
        this.ports = new GossipPorts(
                node,
                node,
                new FakeComm(this),
                membership,
                identities,
                this.crypto,
                new DistinctBlocks(node, this.crypto::verifyBlock),
                identity,
                new RejectionLog(node, meters),
                new InnerMessages(100),
                meters);
        this.gossip = new GossipNode(ports, config, received -> toDiscovery.add((FakeReceived) received));
        gossip.start();
    }

    PkiId id() {
        return identity.pkiId();
    }

    GossipChannel join(ChannelId channel, MspId... organisations) {
        GossipChannel joined = gossip.join(channel, JoinMessage.of(1, organisations));
        joined.onBlock(delivered::add);
        return joined;
    }

    GossipChannel channel(ChannelId channel) {
        return gossip.channel(channel).orElseThrow();
    }

    void meet(FakePeer other) {
        membership.alive(other.member);
        identities.put(other.id(), other.identity.serialized(), node.wallTime());
    }

    ConnectionInfo connection() {
        ByteString payload = ByteString.copyFromUtf8("handshake of " + member.endpoint());
        return new ConnectionInfo(
                id(),
                identity.serialized(),
                identity.mspId(),
                payload,
                identity.sign(payload),
                member.revision(),
                "test");
    }

    /** Receives a message as if it came from another peer, at once. */
    FakeReceived receive(SignedGossipMessage message, ConnectionInfo from) {
        FakeReceived received = new FakeReceived(this, message, from);
        gossip.receive(received);
        return received;
    }

    FakeReceived receive(SignedGossipMessage message, FakePeer from) {
        return receive(message, from.connection());
    }

    List<Long> deliveredNumbers() {
        return delivered.stream().map(VerifiedBlock::number).toList();
    }
}
