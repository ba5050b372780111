package dev.grapevine.node.orderer.development;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import io.grpc.stub.StreamObserver;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DevelopmentOrdererTest extends OrdererFixture {
    private static final ChannelId OTHER = new ChannelId("other");

    @Test
    void ordersWhatMembersSubmitAndDeliversItToWhoWaits() throws Exception {
        service.join(genesis(CHANNEL, 2));
        Answers<DeliverResponse> blocks = deliver(seek(0, client));
        assertThat(blocks.answer().getBlock()).isEqualTo(genesis(CHANNEL, 2));

        Answers<BroadcastResponse> answers = broadcast(transaction("a"), transaction("b"), transaction("c"));

        Block first = blocks.answer().getBlock();
        Block second = blocks.answer().getBlock();
        assertThat(first.getData().getDataList())
                .containsExactly(
                        transaction("a").toByteString(), transaction("b").toByteString());
        assertThat(second.getData().getDataList())
                .as("cut by time")
                .containsExactly(transaction("c").toByteString());
        for (int i = 0; i < 3; i++) {
            assertThat(answers.answer().getStatus()).isEqualTo(Status.SUCCESS);
        }
        assertThat(answers.next()).isEqualTo("completed");
        assertChained(genesis(CHANNEL, 2), first, second);
    }

    @Test
    void signsBlocksAsOrderersDo() throws Exception {
        service.join(genesis(CHANNEL, 1));
        broadcast(transaction("a")).next();

        Block block = service.chainOf(CHANNEL).block(1);
        Metadata metadata = Metadata.parseFrom(block.getMetadata().getMetadata(0));
        MetadataSignature signature = metadata.getSignatures(0);

        assertThat(block.getMetadata().getMetadataCount()).isEqualTo(5);
        assertThat(SignatureHeader.parseFrom(signature.getSignatureHeader()).getCreator())
                .isEqualTo(orderer.serialized());
        ByteString covered = metadata.getValue()
                .concat(signature.getSignatureHeader())
                .concat(BlockHash.headerBytes(block.getHeader()));
        assertThat(signature.getSignature()).isEqualTo(orderer.sign(covered));
    }

    @Test
    void continuesItsChainsAfterARestart() throws Exception {
        service.join(genesis(CHANNEL, 1));
        service.join(genesis(OTHER, 1));
        broadcast(transaction("a")).next();
        broadcast(update("1")).next();

        restart();
        broadcast(transaction("b")).next();

        assertThat(service.channels()).containsExactly(CHANNEL, OTHER);
        assertThat(service.height(CHANNEL)).contains(4L);
        assertChained(block(0), block(1), block(2), block(3));
        assertThat(lastConfig(block(3))).isEqualTo(2);
    }

    @Test
    void aConfigurationUpdateGetsABlockOfItsOwnAndHoldsFromThereOn() throws Exception {
        service.join(genesis(CHANNEL, 10));
        Answers<BroadcastResponse> answers =
                broadcast(transaction("a"), update("1"), transaction("b"), transaction("c"));
        for (int i = 0; i < 4; i++) {
            assertThat(answers.answer().getStatus()).isEqualTo(Status.SUCCESS);
        }

        assertThat(service.height(CHANNEL)).contains(5L);
        assertThat(block(1).getData().getDataList())
                .containsExactly(transaction("a").toByteString());
        assertThat(ModelledRules.read(block(2)).value().sequence()).isEqualTo(1);
        assertThat(lastConfig(block(1))).isZero();
        assertThat(lastConfig(block(2))).isEqualTo(2);
        assertThat(lastConfig(block(4))).isEqualTo(2);
    }

    @Test
    void refusesWithAStatusAndEndsTheCall() throws Exception {
        service.join(genesis(CHANNEL, 1));
        SigningIdentity stranger = ModelledCrypto.identity(new MspId("StrangerMSP"), "stranger");

        assertRefused(envelope(CHANNEL, TRANSACTION, stranger, "x"), Status.FORBIDDEN, "unauthorised");
        assertRefused(envelope(OTHER, TRANSACTION, client, "x"), Status.BAD_REQUEST, "unknown-channel");
        assertRefused(transaction("x".repeat(10_001)), Status.BAD_REQUEST, "too-large");
        assertRefused(envelope(CHANNEL, 1, client, "x"), Status.BAD_REQUEST, "not-submittable");
        assertRefused(update("-1"), Status.BAD_REQUEST, "illegal-batch-size");
        assertRefused(
                Envelope.newBuilder()
                        .setPayload(ByteString.copyFromUtf8("nonsense"))
                        .build(),
                Status.BAD_REQUEST,
                "malformed-envelope");
        assertThat(service.height(CHANNEL)).contains(1L);
    }

    @Test
    void letsOnlyMembersRead() throws Exception {
        service.join(genesis(CHANNEL, 1));
        SigningIdentity stranger = ModelledCrypto.identity(new MspId("StrangerMSP"), "stranger");

        assertThat(deliver(seek(0, stranger)).answer().getStatus()).isEqualTo(Status.FORBIDDEN);
    }

    @Test
    void joinsOnlyGenesisBlocksAndEachChannelOnce() throws Exception {
        service.join(genesis(CHANNEL, 1));
        broadcast(transaction("a")).next();

        service.join(genesis(CHANNEL, 1));
        assertThat(service.height(CHANNEL)).contains(2L);
        Block first = block(1);
        assertThatThrownBy(() -> service.join(first))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not-a-config-block");
    }

    private void assertRefused(Envelope envelope, Status status, String why) throws InterruptedException {
        Answers<BroadcastResponse> answers = broadcast(envelope);
        BroadcastResponse answer = answers.answer();
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getInfo()).startsWith(why);
        assertThat(answers.next()).isEqualTo("completed");
    }

    private Envelope transaction(String content) {
        return envelope(CHANNEL, TRANSACTION, client, content);
    }

    private Envelope update(String maxMessages) {
        return envelope(CHANNEL, CONFIG_UPDATE, client, maxMessages);
    }

    private Answers<BroadcastResponse> broadcast(Envelope... envelopes) {
        Answers<BroadcastResponse> answers = new Answers<>();
        StreamObserver<Envelope> submit = stub().broadcast(answers);
        for (Envelope envelope : envelopes) {
            submit.onNext(envelope);
        }
        submit.onCompleted();
        return answers;
    }

    private Answers<DeliverResponse> deliver(Envelope seek) {
        Answers<DeliverResponse> answers = new Answers<>();
        stub().deliver(answers).onNext(seek);
        return answers;
    }

    private Block block(long number) {
        return service.chainOf(CHANNEL).block(number);
    }

    private static long lastConfig(Block block) throws Exception {
        Metadata metadata = Metadata.parseFrom(block.getMetadata().getMetadata(0));
        return OrdererBlockMetadata.parseFrom(metadata.getValue())
                .getLastConfig()
                .getIndex();
    }

    private static void assertChained(Block... blocks) {
        for (int i = 0; i < blocks.length; i++) {
            assertThat(blocks[i].getHeader().getNumber()).isEqualTo(i);
            assertThat(blocks[i].getHeader().getDataHash()).isEqualTo(BlockHash.ofData(blocks[i]));
            if (i > 0) {
                assertThat(blocks[i].getHeader().getPreviousHash())
                        .isEqualTo(BlockHash.ofHeader(blocks[i - 1].getHeader()));
            }
        }
    }
}
