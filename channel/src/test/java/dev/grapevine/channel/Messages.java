package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.MessageCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.StateInfoDigest;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;
import org.hyperledger.fabric.protos.gossip.LeadershipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.hyperledger.fabric.protos.gossip.Properties;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.hyperledger.fabric.protos.gossip.StateInfoPullRequest;
import org.hyperledger.fabric.protos.gossip.StateInfoSnapshot;

/** Messages as peers send them. */
final class Messages {
    private Messages() {}

    static VerifiedBlock verified(MessageCrypto crypto, ChannelId channel, long number, ByteString block) {
        return ((BlockVerdict.Verified) crypto.verifyBlock(channel, number, block)).block();
    }

    static SignedGossipMessage block(ChannelId channel, long number, ByteString block) {
        return block(channel, Payload.newBuilder().setSeqNum(number).setData(block));
    }

    static SignedGossipMessage block(ChannelId channel, Payload.Builder payload) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setChannel(channel.bytes())
                .setTag(Tag.CHAN_AND_ORG)
                .setDataMsg(DataMessage.newBuilder().setPayload(payload))
                .build());
    }

    static StateInfo.Builder stateInfo(ChannelId channel, SigningIdentity of, long sequence, long height) {
        return StateInfo.newBuilder()
                .setTimestamp(new Timestamp(1, sequence).toWire())
                .setPkiId(of.pkiId().bytes())
                .setChannelMAC(channel.mac(of.pkiId()))
                .setProperties(Properties.newBuilder().setLedgerHeight(height));
    }

    static SignedGossipMessage signed(StateInfo.Builder info, SigningIdentity by) {
        return SignedGossipMessage.signed(
                GossipMessage.newBuilder()
                        .setTag(Tag.CHAN_OR_ORG)
                        .setStateInfo(info)
                        .build(),
                by);
    }

    static SignedGossipMessage signedStateInfo(ChannelId channel, SigningIdentity of, long sequence, long height) {
        return signed(stateInfo(channel, of, sequence, height), of);
    }

    static SignedGossipMessage stateInfoRequest(ChannelId channel, SigningIdentity by) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setTag(Tag.CHAN_OR_ORG)
                .setStateInfoPullReq(StateInfoPullRequest.newBuilder().setChannelMAC(channel.mac(by.pkiId())))
                .build());
    }

    /** A digest with so many hashes. */
    static SignedGossipMessage stateInfoDigest(ChannelId channel, int hashes) {
        StateInfoDigest.Builder digest = StateInfoDigest.newBuilder();
        for (int hash = 0; hash < hashes; hash++) {
            digest.addHashes(hash);
        }
        return Extensions.message(
                Extension.newBuilder().setStateInfoDigest(digest).build(), channel);
    }

    static SignedGossipMessage snapshot(ChannelId channel, List<SignedGossipMessage> elements) {
        List<Envelope> envelopes =
                elements.stream().map(SignedGossipMessage::envelope).toList();
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setChannel(channel.bytes())
                .setTag(Tag.CHAN_OR_ORG)
                .setStateSnapshot(StateInfoSnapshot.newBuilder().addAllElements(envelopes))
                .build());
    }

    static SignedGossipMessage leadership(ChannelId channel, SigningIdentity by, long sequence) {
        return SignedGossipMessage.signed(
                GossipMessage.newBuilder()
                        .setChannel(channel.bytes())
                        .setTag(Tag.CHAN_AND_ORG)
                        .setLeadershipMsg(LeadershipMessage.newBuilder()
                                .setPkiId(by.pkiId().bytes())
                                .setTimestamp(new Timestamp(1, sequence).toWire())
                                .setIsDeclaration(true))
                        .build(),
                by);
    }
}
