package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Sha256;
import dev.grapevine.proto.SignedGossipMessage;
import org.hyperledger.fabric.protos.gossip.LeadershipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.hyperledger.fabric.protos.gossip.PeerIdentity;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.jspecify.annotations.Nullable;

/** Which parts a message must have before anybody touches it; Fabric crashes on some that lack them. */
final class MessageForm {
    private MessageForm() {}

    /** What is wrong with a state-info message; null if nothing. */
    static @Nullable String faultOfStateInfo(SignedGossipMessage message, int maxChaincodes) {
        if (!message.message().hasStateInfo()) {
            return "no state info";
        }
        StateInfo info = message.message().getStateInfo();
        if (info.getPkiId().isEmpty() || info.getChannelMAC().size() != Sha256.LENGTH) {
            return "no PKI-ID or no channel MAC of 32 bytes";
        }
        if (info.getProperties().getChaincodesCount() > maxChaincodes) {
            return info.getProperties().getChaincodesCount() + " chaincodes; at most " + maxChaincodes;
        }
        return info.hasTimestamp() && message.isSigned() ? null : "no timestamp or no signature";
    }

    /** What is wrong with a leadership message; null if nothing. */
    static @Nullable String faultOfLeadership(SignedGossipMessage message) {
        LeadershipMessage leadership = message.message().getLeadershipMsg();
        boolean complete = !leadership.getPkiId().isEmpty() && leadership.hasTimestamp() && message.isSigned();
        return complete ? null : "no PKI-ID, timestamp or signature";
    }

    /** What is wrong with a message that should carry a block of a channel; null if nothing. */
    static @Nullable String faultOfBlock(SignedGossipMessage message, ByteString channel) {
        if (!message.message().hasDataMsg()) {
            return "no data message";
        }
        if (!message.message().getChannel().equals(channel)) {
            return "of another channel";
        }
        Payload payload = message.message().getDataMsg().getPayload();
        return payload.getData().isEmpty() ? "no block" : null;
    }

    /** What is wrong with an identity message; null if nothing. */
    static @Nullable String faultOfIdentity(SignedGossipMessage message, int maxBytes) {
        if (!message.message().hasPeerIdentity()) {
            return "no identity";
        }
        PeerIdentity identity = message.message().getPeerIdentity();
        if (identity.getPkiId().size() != Sha256.LENGTH || identity.getCert().isEmpty() || !message.isSigned()) {
            return "no PKI-ID of 32 bytes, no certificate or no signature";
        }
        return identity.getCert().size() <= maxBytes ? null : "the identity exceeds " + maxBytes + " bytes";
    }
}
