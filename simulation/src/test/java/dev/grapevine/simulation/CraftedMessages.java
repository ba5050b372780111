package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;
import org.hyperledger.fabric.protos.gossip.LeadershipMessage;
import org.hyperledger.fabric.protos.gossip.Member;
import org.hyperledger.fabric.protos.gossip.MembershipRequest;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.hyperledger.fabric.protos.gossip.SecretEnvelope;
import org.hyperledger.fabric.protos.gossip.StateInfo;

/** Gossip messages of one peer, made by hand: as they should be, or to be spoiled. */
class CraftedMessages {
    /** A minute after simulations begin, in nanoseconds since the epoch. */
    private static final long NOON =
            TimeUnit.SECONDS.toNanos(Instant.parse("2026-11-21T12:01:00Z").getEpochSecond());

    static final ByteString GARBAGE = ByteString.copyFromUtf8("\u0001\u0002 this is no protobuf \u00ff");

    final SigningIdentity sender;
    final ChannelId channel;
    private long incarnation = NOON;

    CraftedMessages(SigningIdentity sender, ChannelId channel) {
        this.sender = sender;
        this.channel = channel;
    }

    /** What a peer says to be taken for a member of the channel. */
    static List<ByteString> presentation(SigningIdentity sender, ChannelId channel, Timestamp time) {
        CraftedMessages wellFormed = new CraftedMessages(sender, channel);
        return List.of(
                wellFormed.alive(wellFormed.alive().setTimestamp(time.toWire())),
                wellFormed.stateInfo(wellFormed.info().setTimestamp(time.toWire())));
    }

    static GossipMessage.Builder message(Tag tag) {
        return GossipMessage.newBuilder().setTag(tag);
    }

    GossipMessage.Builder inChannel(Tag tag) {
        return message(tag).setChannel(channel.bytes());
    }

    static ByteString envelope(ByteString payload) {
        return Envelope.newBuilder().setPayload(payload).build().toByteString();
    }

    static ByteString unsigned(ByteString payload) {
        return envelope(payload);
    }

    SignedGossipMessage signed(GossipMessage.Builder message) {
        return SignedGossipMessage.signed(message.build(), sender);
    }

    AliveMessage.Builder alive() {
        return aliveBuilder(sender);
    }

    AliveMessage.Builder aliveBuilder(SigningIdentity who) {
        return AliveMessage.newBuilder()
                .setMembership(Member.newBuilder().setPkiId(who.pkiId().bytes()).setEndpoint("somewhere:7051"))
                .setIdentity(who.serialized())
                .setTimestamp(new Timestamp(incarnation++, 1).toWire());
    }

    static GossipMessage aliveMessage(AliveMessage.Builder alive) {
        return message(Tag.EMPTY).setAliveMsg(alive).build();
    }

    ByteString alive(AliveMessage.Builder alive) {
        return SignedGossipMessage.signed(aliveMessage(alive), sender).wire();
    }

    Envelope aliveOf(SigningIdentity who) {
        return SignedGossipMessage.signed(aliveMessage(aliveBuilder(who)), who).envelope();
    }

    static ByteString forged(GossipMessage message) {
        return Envelope.newBuilder()
                .setPayload(message.toByteString())
                .setSignature(GARBAGE)
                .build()
                .toByteString();
    }

    ByteString halfSecret() {
        return SignedGossipMessage.signed(aliveMessage(alive()), sender).envelope().toBuilder()
                .setSecretEnvelope(SecretEnvelope.newBuilder().setPayload(GARBAGE))
                .build()
                .toByteString();
    }

    static SigningIdentity stranger() {
        return ModelledCrypto.identity(Scenario.ORG1, "stranger");
    }

    static GossipMessage.Builder request(Envelope self) {
        return message(Tag.EMPTY).setMemReq(MembershipRequest.newBuilder().setSelfInformation(self));
    }

    static GossipMessage.Builder response(MembershipResponse.Builder response) {
        return message(Tag.EMPTY).setMemRes(response);
    }

    StateInfo.Builder info() {
        return StateInfo.newBuilder()
                .setPkiId(sender.pkiId().bytes())
                .setChannelMAC(channel.mac(sender.pkiId()))
                .setTimestamp(new Timestamp(incarnation++, 1).toWire());
    }

    ByteString stateInfo(StateInfo.Builder info) {
        return signed(message(Tag.CHAN_OR_ORG).setStateInfo(info)).wire();
    }

    static DataMessage data(long number, ByteString block) {
        return DataMessage.newBuilder()
                .setPayload(Payload.newBuilder().setSeqNum(number).setData(block))
                .build();
    }

    ByteString forgedBlock(long number) {
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

    GossipMessage.Builder leadership(LeadershipMessage.Builder leadership) {
        return inChannel(Tag.CHAN_AND_ORG).setLeadershipMsg(leadership);
    }

    LeadershipMessage.Builder claim(SigningIdentity who) {
        return LeadershipMessage.newBuilder()
                .setPkiId(who.pkiId().bytes())
                .setIsDeclaration(true)
                .setTimestamp(new Timestamp(incarnation++, 1).toWire());
    }
}
