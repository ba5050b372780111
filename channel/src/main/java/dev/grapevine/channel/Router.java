package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.flow.RateLimit;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.TagLegality;
import java.util.Optional;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.StateInfo;

/**
 * Where each message goes: to discovery, to the identity pull, or to the channel that its MAC or its channel field names.
 * What carries an illegal tag is refused; what is for no one is counted and dropped.
 */
final class Router {
    private final GossipPorts ports;
    private final Channels channels;
    private final UnjoinedStateInfo unjoined;
    private final Consumer<ReceivedMessage> identityPull;
    private final Consumer<ReceivedMessage> discovery;
    private final RateLimit membershipRequests;
    private final ExtensionRouter extensions;

    Router(
            GossipPorts ports,
            GossipLimits limits,
            Channels channels,
            UnjoinedStateInfo unjoined,
            Consumer<ReceivedMessage> identityPull,
            Consumer<ReceivedMessage> discovery) {
        this.ports = ports;
        this.channels = channels;
        this.unjoined = unjoined;
        this.identityPull = identityPull;
        this.discovery = discovery;
        this.membershipRequests =
                new RateLimit(ports.scheduler(), limits.requestsPerSecond(), limits.requestBurst(), limits.peers());
        this.extensions = new ExtensionRouter(ports, channels, discovery);
    }

    void receive(ReceivedMessage received) {
        GossipMessage message = received.message().message();
        if (received.message().extension().isPresent()) {
            extensions.receive(received, received.message().extension().get());
        } else if (isPrivate(message)) {
            toChannel(received, channels.byName(message.getChannel()));
        } else if (!TagLegality.isLegal(message)) {
            ports.reject(
                    received.sender(),
                    "illegal-tag",
                    "a " + message.getContentCase() + " with tag " + message.getTag());
        } else {
            dispatch(received, message);
        }
    }

    private static boolean isPrivate(GossipMessage message) {
        return switch (message.getContentCase()) {
            case PRIVATEREQ, PRIVATERES, PRIVATE_DATA -> true;
            default -> false;
        };
    }

    private void dispatch(ReceivedMessage received, GossipMessage message) {
        switch (message.getContentCase()) {
            case ALIVE_MSG, MEM_RES -> discovery.accept(received);
            case MEM_REQ -> onMembershipRequest(received);
            case STATE_INFO -> onStateInfo(received, message.getStateInfo());
            case STATE_INFO_PULL_REQ ->
                toChannel(
                        received,
                        channels.byMac(
                                received.sender().pkiId(),
                                message.getStateInfoPullReq().getChannelMAC()));
            case HELLO, DATA_DIG, DATA_REQ, DATA_UPDATE -> onPull(received, message);
            case PEER_IDENTITY -> ports.drop("unexpected-type");
            default -> toChannel(received, channels.byName(message.getChannel()));
        }
    }

    private void onMembershipRequest(ReceivedMessage received) {
        if (membershipRequests.allows(received.sender().pkiId())) {
            discovery.accept(received);
        } else {
            ports.reject(received.sender(), "too-many-membership-requests", "their answers are large");
        }
    }

    private void onStateInfo(ReceivedMessage received, StateInfo info) {
        ByteString subject = info.getPkiId();
        Optional<GossipChannel> channel =
                subject.isEmpty() ? Optional.empty() : channels.byMac(new PkiId(subject), info.getChannelMAC());
        channel.ifPresentOrElse(joined -> joined.inbox().handle(received), () -> unjoined.take(received));
    }

    private void onPull(ReceivedMessage received, GossipMessage message) {
        if (TagLegality.isChannelRestricted(message)) {
            toChannel(received, channels.byName(message.getChannel()));
        } else {
            identityPull.accept(received);
        }
    }

    private void toChannel(ReceivedMessage received, Optional<GossipChannel> channel) {
        channel.ifPresentOrElse(joined -> joined.inbox().handle(received), () -> ports.drop("unknown-channel"));
    }
}
