package dev.grapevine.channel;

import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.SignedGossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.PrivatePayload;
import org.hyperledger.fabric.protos.gossip.RemotePvtDataResponse;

/**
 * What a peer says that stores no private data. An endorser must hear an error, or it counts the data as disseminated; a
 * requester must get no elements at all, since empty ones make Fabric's reconciler loop.
 */
final class PrivateDataRefusal {
    private PrivateDataRefusal() {}

    /**
     * Answers private data and requests for it.
     *
     * @return whether there was something to answer; other messages of that kind are empty or unsolicited
     */
    static boolean answer(ReceivedMessage received) {
        GossipMessage message = received.message().message();
        if (message.hasPrivateReq()) {
            received.respond(SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                    .setNonce(message.getNonce())
                    .setChannel(message.getChannel())
                    .setTag(GossipMessage.Tag.CHAN_ONLY)
                    .setPrivateRes(RemotePvtDataResponse.getDefaultInstance())
                    .build()));
            return true;
        }
        PrivatePayload payload = message.getPrivateData().getPayload();
        if (payload.getPrivateRwset().isEmpty()) {
            return false;
        }
        received.acknowledge("private data not supported");
        return true;
    }
}
