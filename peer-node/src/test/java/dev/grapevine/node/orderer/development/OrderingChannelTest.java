package dev.grapevine.node.orderer.development;

import static dev.grapevine.node.orderer.development.OrdererFixture.CHANNEL;
import static dev.grapevine.node.orderer.development.OrdererFixture.CONFIG_UPDATE;
import static dev.grapevine.node.orderer.development.OrdererFixture.TRANSACTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When blocks are cut, in virtual time. */
class OrderingChannelTest {
    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime(1);
    private final SigningIdentity client = ModelledCrypto.identity(ModelledRules.ORG, "client");
    private final List<Status> answers = new ArrayList<>();
    private OrderedChain chain;
    private OrderingChannel channel;

    @BeforeEach
    void begin() throws IOException {
        Block genesis = OrdererFixture.genesis(CHANNEL, 3);
        chain = OrderedChain.begin(
                folder.resolve("blocks"), genesis, ModelledRules.read(genesis).value());
        channel = new OrderingChannel(chain, client, time.newNode());
    }

    @AfterEach
    void end() throws IOException {
        chain.close();
    }

    @Test
    void aBlockIsCutWhenTheFirstTransactionHasWaitedForTheBatchTimeout() {
        order("a");
        time.runFor(Duration.ofMillis(60));
        order("b");
        time.runFor(Duration.ofMillis(39));
        assertThat(answers).isEmpty();

        time.runFor(Duration.ofMillis(1));

        assertThat(answers).containsExactly(Status.SUCCESS, Status.SUCCESS);
        assertThat(chain.block(1).getData().getDataCount()).isEqualTo(2);
    }

    @Test
    void afterABlockThatWasFullTheNextTransactionWaitsItsWholeTime() {
        order("a");
        time.runFor(Duration.ofMillis(90));
        order("b");
        order("c");
        order("d");
        time.runFor(Duration.ofMillis(99));
        assertThat(answers).hasSize(3);

        time.runFor(Duration.ofMillis(1));

        assertThat(answers).hasSize(4);
    }

    @Test
    void anIdleChannelMakesNoBlocks() {
        order("a");
        time.runFor(Duration.ofMinutes(10));

        assertThat(chain.height()).isEqualTo(2);
        assertThat(time.step()).as("no timer is left").isFalse();
    }

    @Test
    void aTransactionAdmittedUnderAnOlderConfigurationIsLookedAtAgain() {
        Submission before = submission("x".repeat(1000), TRANSACTION).under(chain.rules());
        Submission update = submission("3", CONFIG_UPDATE).under(chain.rules());
        channel.orderUpdate(update, pending(update));

        channel.order(before, pending(before));
        Submission stranger =
                strangersSubmission().under(ModelledRules.read(chain.block(0)).value());
        channel.order(stranger, pending(stranger));
        time.runFor(Duration.ofSeconds(1));

        assertThat(answers).containsExactly(Status.SUCCESS, Status.FORBIDDEN, Status.SUCCESS);
    }

    @Test
    void whatWaitsForABlockIsAnsweredWhenTheOrdererStops() throws IOException {
        order("a");

        channel.close();
        order("b");

        assertThat(answers).containsExactly(Status.SERVICE_UNAVAILABLE, Status.SERVICE_UNAVAILABLE);
    }

    @Test
    void aDiskThatFailsIsSaidAndNothingMoreIsOrdered() throws IOException {
        chain.close();

        order("a");
        time.runFor(Duration.ofSeconds(1));
        order("b");

        assertThat(answers).containsExactly(Status.SERVICE_UNAVAILABLE, Status.SERVICE_UNAVAILABLE);
    }

    private void order(String content) {
        Submission submission = submission(content, TRANSACTION).under(chain.rules());
        channel.order(submission, pending(submission));
    }

    private Submission submission(String content, int type) {
        return Submission.read(OrdererFixture.envelope(CHANNEL, type, client, content))
                .value();
    }

    private static Submission strangersSubmission() {
        SigningIdentity stranger = ModelledCrypto.identity(new MspId("StrangerMSP"), "stranger");
        return Submission.read(OrdererFixture.envelope(CHANNEL, TRANSACTION, stranger, "x"))
                .value();
    }

    private Pending pending(Submission submission) {
        return new Pending(submission.entry(), submission.size(), this::answered);
    }

    private void answered(BroadcastResponse answer) {
        answers.add(answer.getStatus());
    }
}
