package dev.grapevine.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.gossip.Acknowledgement;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.ConnEstablish;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipHello;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;
import org.hyperledger.fabric.protos.gossip.LeadershipMessage;
import org.hyperledger.fabric.protos.gossip.Member;
import org.hyperledger.fabric.protos.gossip.MembershipRequest;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.hyperledger.fabric.protos.gossip.Properties;
import org.hyperledger.fabric.protos.gossip.PullMsgType;
import org.hyperledger.fabric.protos.gossip.RemoteStateRequest;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.hyperledger.fabric.protos.gossip.StateInfoPullRequest;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.junit.jupiter.api.Test;

/** Bytes computed with Fabric itself; they hold on any machine, with or without the recorded data. */
class GoldenVectorsTest {
    private static final ChannelId MYCHANNEL = new ChannelId("mychannel");

    @Test
    void pkiIdAndChannelMacAreFabrics() {
        SerializedIdentity identity = SerializedIdentity.newBuilder()
                .setMspid("Org1MSP")
                .setIdBytes(ByteString.copyFromUtf8("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
                .build();

        PkiId pkiId = PkiId.of(identity);

        assertThat(pkiId.hex()).isEqualTo("badba4ea0025a37e5272c4610d25228e4ce65e57ea290893a7d9e61e9bca14bb");
        assertThat(Hex.of(MYCHANNEL.mac(pkiId)))
                .isEqualTo("4c02d76dc34d674e09adbd451be83f6b252a9e904957b769d25bc473be19936e");
    }

    @Test
    void messagesSerialiseAsFabricWritesThem() {
        assertBytes(
                message(Tag.EMPTY)
                        .setConn(ConnEstablish.newBuilder()
                                .setPkiId(hex("aabb"))
                                .setIdentity(hex("01"))
                                .setTlsCertHash(hex("cc"))
                                .setProbe(true)),
                "1801720c0a02aabb1201011a01cc2001");
        assertBytes(
                message(Tag.EMPTY)
                        .setAliveMsg(AliveMessage.newBuilder()
                                .setMembership(
                                        Member.newBuilder().setEndpoint("a:1").setPkiId(hex("aa")))
                                .setTimestamp(new Timestamp(5, 1).toWire())
                                .setIdentity(hex("09"))),
                "18012a130a080a03613a311a01aa120408051001220109");
        assertBytes(
                message(Tag.CHAN_OR_ORG)
                        .setStateInfo(StateInfo.newBuilder()
                                .setTimestamp(new Timestamp(5, 6).toWire())
                                .setPkiId(hex("aa"))
                                .setChannelMAC(hex("bb"))
                                .setProperties(Properties.newBuilder().setLedgerHeight(3))),
                "18057a101204080510061a01aa2201bb2a020803");
        assertBytes(
                message(Tag.CHAN_OR_ORG)
                        .setStateInfoPullReq(StateInfoPullRequest.newBuilder().setChannelMAC(hex("bb"))),
                "18058a01030a01bb");
        assertBytes(
                message(Tag.CHAN_AND_ORG).setChannel(MYCHANNEL.bytes()).setHello(hello(PullMsgType.BLOCK_MSG)),
                "12096d796368616e6e656c18044a0508ac021801");
        assertBytes(message(Tag.EMPTY).setHello(hello(PullMsgType.IDENTITY_MSG)), "18014a0508ac021802");
        assertBytes(
                message(Tag.CHAN_AND_ORG)
                        .setChannel(hex("63"))
                        .setDataMsg(DataMessage.newBuilder()
                                .setPayload(Payload.newBuilder().setSeqNum(7).setData(hex("01")))),
                "120163180442070a050807120101");
        assertBytes(GossipMessage.newBuilder().setNonce(9).setAck(Acknowledgement.getDefaultInstance()), "0809b20100");
        assertBytes(
                GossipMessage.newBuilder()
                        .setNonce(9)
                        .setAck(Acknowledgement.newBuilder().setError("x")),
                "0809b201030a0178");
        assertBytes(
                message(Tag.CHAN_AND_ORG)
                        .setChannel(hex("63"))
                        .setLeadershipMsg(LeadershipMessage.newBuilder()
                                .setPkiId(hex("aa"))
                                .setTimestamp(new Timestamp(5, 1).toWire())
                                .setIsDeclaration(true)),
                "1201631804a2010b0a01aa1204080510011801");
        assertBytes(
                message(Tag.CHAN_OR_ORG)
                        .setNonce(1)
                        .setChannel(hex("63"))
                        .setStateRequest(RemoteStateRequest.newBuilder()
                                .setStartSeqNum(5)
                                .setEndSeqNum(15)),
                "080112016318059201040805100f");
        assertBytes(
                message(Tag.EMPTY)
                        .setNonce(1)
                        .setMemReq(MembershipRequest.newBuilder()
                                .setSelfInformation(Envelope.newBuilder()
                                        .setPayload(hex("01"))
                                        .setSignature(hex("02")))),
                "0801180132080a060a0101120102");
    }

    @Test
    void theSecretCarriesTheInternalEndpoint() {
        SignedGossipMessage message =
                SignedGossipMessage.unsigned(message(Tag.EMPTY).build()).withSecret("p0:7051", payload -> hex("07"));

        assertThat(message.envelope().getSecretEnvelope().getPayload()).isEqualTo(hex("0a0770303a37303531"));
        assertThat(message.internalEndpoint()).contains("p0:7051");
    }

    private static GossipHello.Builder hello(PullMsgType type) {
        return GossipHello.newBuilder().setNonce(300).setMsgType(type);
    }

    private static GossipMessage.Builder message(Tag tag) {
        return GossipMessage.newBuilder().setTag(tag);
    }

    private static ByteString hex(String hex) {
        return Hex.parse(hex);
    }

    private static void assertBytes(GossipMessage.Builder message, String expected) {
        assertThat(Hex.of(message.build().toByteString())).isEqualTo(expected);
    }
}
