package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.extension.Accusation;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.Rumours;
import java.util.Arrays;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Member;
import org.hyperledger.fabric.protos.gossip.MembershipRequest;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;

/** Messages as peers make them, and as they should not. */
final class AliveMessages {
    private AliveMessages() {}

    static AliveMessage.Builder content(SigningIdentity who, Timestamp time, String endpoint) {
        return AliveMessage.newBuilder()
                .setMembership(Member.newBuilder().setPkiId(who.pkiId().bytes()).setEndpoint(endpoint))
                .setTimestamp(time.toWire());
    }

    static SignedGossipMessage signed(AliveMessage.Builder content, SigningIdentity signer) {
        return SignedGossipMessage.signed(
                GossipMessage.newBuilder()
                        .setTag(GossipMessage.Tag.EMPTY)
                        .setAliveMsg(content)
                        .build(),
                signer);
    }

    static SignedGossipMessage alive(TestPeer who, long incarnation, long sequence) {
        return signed(
                content(who.identity, new Timestamp(incarnation, sequence), who.config.externalEndpoint())
                        .setIdentity(who.identity.serialized()),
                who.identity);
    }

    static SignedGossipMessage request(long nonce, SignedGossipMessage self) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setNonce(nonce)
                .setTag(GossipMessage.Tag.EMPTY)
                .setMemReq(MembershipRequest.newBuilder().setSelfInformation(self.envelope()))
                .build());
    }

    static SignedGossipMessage response(SignedGossipMessage... alive) {
        return response(MembershipResponse.newBuilder()
                .addAllAlive(
                        Arrays.stream(alive).map(SignedGossipMessage::envelope).toList()));
    }

    static SignedGossipMessage response(MembershipResponse.Builder response) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setTag(GossipMessage.Tag.EMPTY)
                .setMemRes(response)
                .build());
    }

    static SignedGossipMessage forged(SignedGossipMessage genuine) {
        try {
            return SignedGossipMessage.of(genuine.envelope().toBuilder()
                    .setSignature(ByteString.copyFromUtf8("forged"))
                    .build());
        } catch (MalformedMessageException e) {
            throw new AssertionError("only the signature was changed", e);
        }
    }

    /** @param beyond how much later than the latest alive message of the accused it claims to be */
    static Extension accusation(TestPeer accused, TestPeer accuser, long beyond, boolean dead) {
        var time = accused.discovery.selfAlive().message().getAliveMsg().getTimestamp();
        return Extension.newBuilder()
                .setAccusation(Accusation.newBuilder()
                        .setAccused(accused.pkiId().bytes())
                        .setIncarnation(time.getIncNum())
                        .setSequence(time.getSeqNum() + beyond)
                        .setAccuser(accuser.pkiId().bytes())
                        .setDead(dead))
                .build();
    }

    /** A statement as it is passed on. */
    static SignedGossipMessage rumour(ByteString statement) {
        return Extensions.message(Extension.newBuilder()
                .setRumours(Rumours.newBuilder().addStatements(statement))
                .build());
    }
}
