package dev.grapevine.channel;

import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;

/** Peers of two organisations that share a channel, and what their state info looks like. */
abstract class StateInfoFixture {
    static final MspId ORG1 = new MspId("Org1MSP");
    static final MspId ORG2 = new MspId("Org2MSP");
    static final ChannelId CHANNEL = new ChannelId("lab");
    static final Duration PUBLISH = Duration.ofMillis(4100);

    final FakeNetwork network = new FakeNetwork();

    FakePeer peer(MspId organisation, String name, String external) {
        return network.peer(
                organisation,
                name,
                external,
                GossipConfig.defaults(),
                new ModelledCrypto(organisation).join(CHANNEL, ORG1, ORG2));
    }

    FakePeer joined(MspId organisation, String name) {
        FakePeer peer = peer(organisation, name, name + ":7051");
        peer.join(CHANNEL, ORG1, ORG2);
        return peer;
    }

    static boolean isStateInfo(SignedGossipMessage message) {
        return message.type() == ContentCase.STATE_INFO;
    }

    List<SignedGossipMessage> snapshotFor(FakePeer asked, FakePeer asking) {
        FakeReceived request = asked.receive(Messages.stateInfoRequest(CHANNEL, asking.identity), asking.connection());
        return request.answers;
    }

    static List<PkiId> subjects(SignedGossipMessage snapshot) {
        return snapshot.message().getStateSnapshot().getElementsList().stream()
                .map(element -> {
                    try {
                        return StateInfoCache.subject(SignedGossipMessage.of(element));
                    } catch (MalformedMessageException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
