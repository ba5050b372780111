package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.gossip.Acknowledgement;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
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
import org.hyperledger.fabric.protos.gossip.MembershipRequest;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.hyperledger.fabric.protos.gossip.PeerIdentity;
import org.hyperledger.fabric.protos.gossip.PrivateDataMessage;
import org.hyperledger.fabric.protos.gossip.PullMsgType;
import org.hyperledger.fabric.protos.gossip.RemotePvtDataRequest;
import org.hyperledger.fabric.protos.gossip.RemotePvtDataResponse;
import org.hyperledger.fabric.protos.gossip.RemoteStateRequest;
import org.hyperledger.fabric.protos.gossip.RemoteStateResponse;
import org.hyperledger.fabric.protos.gossip.SecretEnvelope;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.hyperledger.fabric.protos.gossip.StateInfoPullRequest;
import org.hyperledger.fabric.protos.gossip.StateInfoSnapshot;

/** One malformed message for every row of the specification's Appendix C, and what must become of it. */
final class Malformed {
    /** Not counted, because it does no harm and Fabric peers may send it. */
    static final String IGNORED = "";

    /** A minute after simulations begin, in nanoseconds since the epoch. */
    private static final long NOON =
            TimeUnit.SECONDS.toNanos(Instant.parse("2026-11-21T12:01:00Z").getEpochSecond());

    private static final ByteString GARBAGE = ByteString.copyFromUtf8("\u0001\u0002 this is no protobuf \u00ff");

    private final SigningIdentity sender;
    private final ChannelId channel;
    private final List<Row> rows = new ArrayList<>();
    private long incarnation = NOON;

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
        this.sender = sender;
        this.channel = channel;
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

    /** What a peer says to be taken for a member of the channel. */
    static List<ByteString> presentation(SigningIdentity sender, ChannelId channel, Timestamp time) {
        Malformed wellFormed = new Malformed(sender, channel);
        return List.of(
                wellFormed.alive(wellFormed.alive().setTimestamp(time.toWire())),
                wellFormed.stateInfo(wellFormed.info().setTimestamp(time.toWire())));
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
                "wrong-number");
        row(
                "a block no orderer signed",
                inChannel(Tag.CHAN_AND_ORG).setDataMsg(data(90_002, forgedBlock(90_002))),
                "bad-block");
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

    private static GossipMessage.Builder message(Tag tag) {
        return GossipMessage.newBuilder().setTag(tag);
    }

    private GossipMessage.Builder inChannel(Tag tag) {
        return message(tag).setChannel(channel.bytes());
    }

    private static ByteString envelope(ByteString payload) {
        return Envelope.newBuilder().setPayload(payload).build().toByteString();
    }

    private static ByteString unsigned(ByteString payload) {
        return envelope(payload);
    }

    private SignedGossipMessage signed(GossipMessage.Builder message) {
        return SignedGossipMessage.signed(message.build(), sender);
    }

    private AliveMessage.Builder alive() {
        return aliveBuilder(sender);
    }

    private AliveMessage.Builder aliveBuilder(SigningIdentity who) {
        return AliveMessage.newBuilder()
                .setMembership(Member.newBuilder().setPkiId(who.pkiId().bytes()).setEndpoint("somewhere:7051"))
                .setIdentity(who.serialized())
                .setTimestamp(new Timestamp(incarnation++, 1).toWire());
    }

    private static GossipMessage aliveMessage(AliveMessage.Builder alive) {
        return message(Tag.EMPTY).setAliveMsg(alive).build();
    }

    private ByteString alive(AliveMessage.Builder alive) {
        return SignedGossipMessage.signed(aliveMessage(alive), sender).wire();
    }

    private Envelope aliveOf(SigningIdentity who) {
        return SignedGossipMessage.signed(aliveMessage(aliveBuilder(who)), who).envelope();
    }

    private static ByteString forged(GossipMessage message) {
        return Envelope.newBuilder()
                .setPayload(message.toByteString())
                .setSignature(GARBAGE)
                .build()
                .toByteString();
    }

    private ByteString halfSecret() {
        return SignedGossipMessage.signed(aliveMessage(alive()), sender).envelope().toBuilder()
                .setSecretEnvelope(SecretEnvelope.newBuilder().setPayload(GARBAGE))
                .build()
                .toByteString();
    }

    private static SigningIdentity stranger() {
        return ModelledCrypto.identity(Scenario.ORG1, "stranger");
    }

    private static GossipMessage.Builder request(Envelope self) {
        return message(Tag.EMPTY).setMemReq(MembershipRequest.newBuilder().setSelfInformation(self));
    }

    private static GossipMessage.Builder response(MembershipResponse.Builder response) {
        return message(Tag.EMPTY).setMemRes(response);
    }

    private StateInfo.Builder info() {
        return StateInfo.newBuilder()
                .setPkiId(sender.pkiId().bytes())
                .setChannelMAC(channel.mac(sender.pkiId()))
                .setTimestamp(new Timestamp(incarnation++, 1).toWire());
    }

    private ByteString stateInfo(StateInfo.Builder info) {
        return signed(message(Tag.CHAN_OR_ORG).setStateInfo(info)).wire();
    }

    private static DataMessage data(long number, ByteString block) {
        return DataMessage.newBuilder()
                .setPayload(Payload.newBuilder().setSeqNum(number).setData(block))
                .build();
    }

    private ByteString forgedBlock(long number) {
        ByteString signature = ByteString.copyFromUtf8("no signature");
        ByteString genuine = ModelledCrypto.block(channel, number, GARBAGE, List.of(GARBAGE));
        try {
            Block.Builder block = Block.parseFrom(genuine).toBuilder();
            block.getMetadataBuilder().setMetadata(0, signature);
            return block.build().toByteString();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("we have just made this block", e);
        }
    }

    private GossipMessage.Builder leadership(LeadershipMessage.Builder leadership) {
        return inChannel(Tag.CHAN_AND_ORG).setLeadershipMsg(leadership);
    }

    private LeadershipMessage.Builder claim(SigningIdentity who) {
        return LeadershipMessage.newBuilder()
                .setPkiId(who.pkiId().bytes())
                .setIsDeclaration(true)
                .setTimestamp(new Timestamp(incarnation++, 1).toWire());
    }
}
