package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.Acknowledgement;
import org.hyperledger.fabric.protos.gossip.DataDigest;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.DataRequest;
import org.hyperledger.fabric.protos.gossip.DataUpdate;
import org.hyperledger.fabric.protos.gossip.Empty;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipHello;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;
import org.hyperledger.fabric.protos.gossip.LeadershipMessage;
import org.hyperledger.fabric.protos.gossip.Member;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;
import org.hyperledger.fabric.protos.gossip.PeerIdentity;
import org.hyperledger.fabric.protos.gossip.PrivateDataMessage;
import org.hyperledger.fabric.protos.gossip.PullMsgType;
import org.hyperledger.fabric.protos.gossip.RemotePvtDataRequest;
import org.hyperledger.fabric.protos.gossip.RemotePvtDataResponse;
import org.hyperledger.fabric.protos.gossip.RemoteStateRequest;
import org.hyperledger.fabric.protos.gossip.RemoteStateResponse;
import org.hyperledger.fabric.protos.gossip.StateInfoPullRequest;
import org.hyperledger.fabric.protos.gossip.StateInfoSnapshot;

/** One malformed message for every row of the specification's Appendix C, and what must become of it. */
final class Malformed extends CraftedMessages {
    /** Not counted, because it does no harm and Fabric peers may send it. */
    static final String IGNORED = "";

    private final List<Row> rows = new ArrayList<>();

    /**
     * @param reason under which it is counted; empty if it is ignored
     * @param closes whether the stream is closed for it
     */
    record Row(String name, ByteString frame, String reason, boolean closes) {
        @Override
        public String toString() {
            return name + " -> " + (reason.isEmpty() ? "ignored" : reason);
        }
    }

    private Malformed(SigningIdentity sender, ChannelId channel) {
        super(sender, channel);
    }

    static List<Row> rows(SigningIdentity sender, ChannelId channel) {
        Malformed malformed = new Malformed(sender, channel);
        malformed.envelopes();
        malformed.membership();
        malformed.stateInfo();
        malformed.blocksAndPull();
        malformed.leadership();
        malformed.stateTransfer();
        malformed.privateData();
        return malformed.rows;
    }

    private void envelopes() {
        row("a message without content", message(Tag.EMPTY), "illegal-tag");
        row(
                "a second introduction",
                message(Tag.EMPTY)
                        .mergeFrom(HostilePeer.introduction(sender, GARBAGE).message()),
                IGNORED);
        row("an empty message", message(Tag.EMPTY).setEmpty(Empty.getDefaultInstance()), IGNORED);
        row("an unknown kind of message", unsigned(unknownContent()), "illegal-tag");
        rows.add(new Row("a frame of garbage", GARBAGE, "malformed-envelope", true));
        rows.add(new Row("a payload of garbage", envelope(GARBAGE), "malformed-envelope", true));
        rows.add(new Row("a deeply nested frame", nested(), "malformed-envelope", true));
    }

    private static ByteString unknownContent() {
        return ByteString.copyFrom(new byte[] {(byte) 0xc2, 0x3e, 0x01, 0x07});
    }

    private static ByteString nested() {
        ByteString inner = ByteString.EMPTY;
        for (int depth = 0; depth < 10_000; depth++) {
            inner = ByteString.copyFrom(new byte[] {(byte) 0x83, 0x01}).concat(inner);
        }
        return envelope(inner);
    }

    private void membership() {
        row("alive without membership", alive(alive().clearMembership()), "incomplete-alive");
        row("alive without timestamp", alive(alive().clearTimestamp()), "incomplete-alive");
        row("alive without PKI-ID", alive(alive().setMembership(Member.getDefaultInstance())), "incomplete-alive");
        row("alive without signature", unsigned(aliveMessage(alive()).toByteString()), "unsigned-alive");
        row("alive with a forged signature", forged(aliveMessage(alive())), "bad-alive-signature");
        row("alive with half a secret", halfSecret(), "unsigned-alive");
        row("a request without ourselves", request(Envelope.getDefaultInstance()), "not-an-alive-message");
        row(
                "a request with garbage",
                request(Envelope.newBuilder().setPayload(GARBAGE).build()),
                "malformed-request");
        row("a request of somebody else", request(aliveOf(stranger())), "spoofed-request");
        row(
                "a response with garbage",
                response(MembershipResponse.newBuilder()
                        .addAlive(Envelope.newBuilder().setPayload(GARBAGE))),
                "malformed-response-element");
        row(
                "a response with another message among the dead",
                response(MembershipResponse.newBuilder()
                        .addDead(signed(message(Tag.EMPTY).setEmpty(Empty.getDefaultInstance()))
                                .envelope())),
                "not-an-alive-message");
        row(
                "an identity outside a pull",
                message(Tag.ORG_ONLY)
                        .setPeerIdentity(PeerIdentity.newBuilder()
                                .setPkiId(sender.pkiId().bytes())),
                "unexpected-type");
    }

    private void stateInfo() {
        row("state info without timestamp", stateInfo(info().clearTimestamp()), "malformed-state-info");
        row("state info without PKI-ID", stateInfo(info().clearPkiId()), "malformed-state-info");
        row("state info with a short MAC", stateInfo(info().setChannelMAC(GARBAGE)), "malformed-state-info");
        row(
                "state info without signature",
                unsigned(message(Tag.CHAN_OR_ORG).setStateInfo(info()).build().toByteString()),
                "malformed-state-info");
        row(
                "a state info pull for another MAC",
                message(Tag.CHAN_OR_ORG)
                        .setStateInfoPullReq(StateInfoPullRequest.newBuilder().setChannelMAC(GARBAGE)),
                "unknown-channel");
        row(
                "a snapshot of a channel nobody joined",
                message(Tag.CHAN_OR_ORG).setChannel(GARBAGE).setStateSnapshot(StateInfoSnapshot.getDefaultInstance()),
                "unknown-channel");
        row(
                "a snapshot with half a state info",
                inChannel(Tag.CHAN_OR_ORG)
                        .setStateSnapshot(StateInfoSnapshot.newBuilder()
                                .addElements(signed(message(Tag.CHAN_OR_ORG).setStateInfo(info().clearTimestamp()))
                                        .envelope())),
                "malformed-snapshot-element");
    }

    private void blocksAndPull() {
        row(
                "a block without payload",
                inChannel(Tag.CHAN_AND_ORG).setDataMsg(DataMessage.getDefaultInstance()),
                "malformed-block");
        row("a block of garbage", inChannel(Tag.CHAN_AND_ORG).setDataMsg(data(90_000, GARBAGE)), "malformed-block");
        row(
                "a block under another number",
                inChannel(Tag.CHAN_AND_ORG).setDataMsg(data(90_001, forgedBlock(90_000))),
                "implausible-block-number wrong-number");
        row(
                "a block no orderer signed",
                inChannel(Tag.CHAN_AND_ORG).setDataMsg(data(90_002, forgedBlock(90_002))),
                "implausible-block-number bad-block");
        row("a block with a wrong tag", inChannel(Tag.EMPTY).setDataMsg(data(90_003, GARBAGE)), "illegal-tag");
        row(
                "a hello for nothing",
                inChannel(Tag.CHAN_AND_ORG).setHello(GossipHello.newBuilder().setNonce(1)),
                "illegal-tag");
        row(
                "a digest nobody waits for",
                inChannel(Tag.CHAN_AND_ORG)
                        .setDataDig(DataDigest.newBuilder().setNonce(7).setMsgType(PullMsgType.BLOCK_MSG)),
                "unexpected-digest");
        row(
                "a request after no digest",
                inChannel(Tag.CHAN_AND_ORG)
                        .setDataReq(DataRequest.newBuilder().setNonce(7).setMsgType(PullMsgType.BLOCK_MSG)),
                "unknown-pull-nonce");
        row(
                "an update nobody asked for",
                inChannel(Tag.CHAN_AND_ORG)
                        .setDataUpdate(DataUpdate.newBuilder().setNonce(7).setMsgType(PullMsgType.BLOCK_MSG)),
                "unexpected-update");
        row(
                "identities nobody asked for",
                message(Tag.EMPTY)
                        .setDataUpdate(DataUpdate.newBuilder().setNonce(7).setMsgType(PullMsgType.IDENTITY_MSG)),
                "unexpected-update");
    }

    private void leadership() {
        row(
                "leadership without timestamp",
                signed(leadership(LeadershipMessage.newBuilder()
                                .setPkiId(sender.pkiId().bytes())))
                        .wire(),
                "malformed-leadership-message");
        row("leadership without signature", leadership(claim(sender)), "malformed-leadership-message");
        row(
                "leadership of somebody unknown",
                signed(leadership(claim(stranger()))).wire(),
                "foreign-leadership-message");
    }

    private void stateTransfer() {
        row(
                "a state request from high to low",
                inChannel(Tag.CHAN_OR_ORG)
                        .setStateRequest(RemoteStateRequest.newBuilder()
                                .setStartSeqNum(5)
                                .setEndSeqNum(1)),
                "bad-state-request");
        row(
                "a state request for everything",
                inChannel(Tag.CHAN_OR_ORG)
                        .setStateRequest(RemoteStateRequest.newBuilder()
                                .setStartSeqNum(0)
                                .setEndSeqNum(-1)),
                "bad-state-request");
        row(
                "a state request in a channel nobody joined",
                message(Tag.CHAN_OR_ORG).setChannel(GARBAGE).setStateRequest(RemoteStateRequest.getDefaultInstance()),
                "unknown-channel");
        row(
                "a state response nobody asked for",
                inChannel(Tag.CHAN_OR_ORG).setNonce(3).setStateResponse(RemoteStateResponse.getDefaultInstance()),
                "unsolicited-state-response");
    }

    private void privateData() {
        row(
                "private data in a channel nobody joined",
                message(Tag.CHAN_ONLY).setChannel(GARBAGE).setPrivateData(PrivateDataMessage.getDefaultInstance()),
                "unknown-channel");
        row(
                "private data without content",
                inChannel(Tag.CHAN_ONLY).setPrivateData(PrivateDataMessage.getDefaultInstance()),
                "unsolicited-private-data");
        row(
                "a request for private data elsewhere",
                message(Tag.CHAN_ONLY).setChannel(GARBAGE).setPrivateReq(RemotePvtDataRequest.getDefaultInstance()),
                "unknown-channel");
        row(
                "private data nobody asked for",
                inChannel(Tag.CHAN_ONLY).setPrivateRes(RemotePvtDataResponse.getDefaultInstance()),
                "unsolicited-private-data");
        row(
                "an acknowledgement of nothing",
                message(Tag.EMPTY).setNonce(9).setAck(Acknowledgement.getDefaultInstance()),
                IGNORED);
    }

    private void row(String name, GossipMessage.Builder message, String reason) {
        row(name, SignedGossipMessage.unsigned(message.build()).wire(), reason);
    }

    private void row(String name, ByteString frame, String reason) {
        rows.add(new Row(name, frame, reason, false));
    }
}
