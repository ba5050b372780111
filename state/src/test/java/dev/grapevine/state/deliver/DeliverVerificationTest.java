package dev.grapevine.state.deliver;

import static dev.grapevine.state.deliver.ScriptedOrderers.serving;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.Test;

/** What becomes of the blocks of a stream: verified, held, refused, kept waiting. */
class DeliverVerificationTest extends DeliverFixture {
    @Test
    void aBadBlockIsRefusedAndItsSourceAvoidedForAWhile() {
        orderers.script("a:1", serving(chain));
        orderers.script("b:2", serving(spoilt(5)));
        orderers.script("c:3", ScriptedOrderers.closing("refused"));
        endpoints = endpoints("b:2");
        client.start();
        runFor(Duration.ofMillis(60));
        assertThat(orderers.dialled()).startsWith("b:2");

        endpoints = endpoints("a:1", "b:2", "c:3");
        client.configurationApplied();
        runFor(Duration.ofMinutes(5));

        assertThat(sink.blocks).hasSize(40);
        assertThat(metrics.get("gossip_rejected bad-block")).isGreaterThanOrEqualTo(1.0);
        assertThat(orderers.dialled().subList(1, orderers.streams.size())).doesNotContain("b:2");
    }

    @Test
    void goesOnAskingBadSourcesWhenThereAreNoOthers() {
        everyOrderer(stream -> stream.serveFrom(orderers.streams.size() < 8 ? spoilt(5) : chain));

        client.start();
        runFor(60);

        assertThat(sink.blocks).hasSize(40);
        assertThat(metrics).containsEntry("gossip_rejected bad-block", 7.0);
    }

    @Test
    void handsOverNothingFromABadBlockOn() {
        everyOrderer(serving(spoilt(5)));

        client.start();
        runFor(60);

        assertThat(sink.numbers()).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void refusesAGapARepetitionAndAForeignBranch() {
        List<ByteString> gap = new ArrayList<>(chain);
        gap.remove(3);
        List<ByteString> repetition = new ArrayList<>(chain);
        repetition.add(3, chain.get(2));
        List<ByteString> branch = new ArrayList<>(chain);
        branch.set(
                3,
                ModelledCrypto.block(
                        CHANNEL,
                        3,
                        ByteString.copyFromUtf8("elsewhere"),
                        List.of(ByteString.copyFromUtf8("transaction"))));
        orderers.script("a:1", serving(gap));
        orderers.script("b:2", serving(repetition));
        orderers.script("c:3", serving(branch));

        client.start();
        runFor(600);

        assertThat(sink.numbers()).containsExactly(0L, 1L, 2L);
        assertThat(metrics.get("gossip_rejected wrong-number")).isGreaterThanOrEqualTo(2.0);
        assertThat(metrics.get("gossip_rejected wrong-previous-hash")).isGreaterThanOrEqualTo(1.0);
    }

    @Test
    void aBlockThatWaitsForItsConfigurationIsHeldAndHandedOverOnceThatIsApplied() {
        crypto.except(number -> number > 5 ? new BlockVerdict.Premature(5) : null);
        everyOrderer(serving(chain));
        client.start();
        runFor(5);
        assertThat(sink.numbers()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);

        crypto.except(number -> null);
        client.configurationApplied();
        runFor(5);

        assertThat(sink.blocks).hasSize(40);
        assertThat(orderers.streams).hasSize(1);
        assertThat(metrics).doesNotContainKey("gossip_rejected bad-block");
    }

    @Test
    void looksAgainWhenTheConfigurationWasAppliedDuringTheVerification() {
        node.setWorkDuration(Duration.ofMillis(100));
        crypto.except(number -> number == 1 && crypto.verified.size() < 3 ? new BlockVerdict.Premature(0) : null);
        everyOrderer(serving(chain.subList(0, 2)));
        client.start();
        time.runUntil(() -> sink.blocks.size() == 1, Duration.ofSeconds(5));

        client.configurationApplied();
        runFor(5);

        assertThat(sink.blocks).hasSize(2);
    }

    @Test
    void aConfigurationThatIsNeverAppliedEndsTheStreamWithoutBlame() {
        crypto.except(number -> number > 5 ? new BlockVerdict.Premature(5) : null);
        everyOrderer(serving(chain));

        client.start();
        runFor(65);

        assertThat(orderers.streams).hasSize(2);
        assertThat(metrics).containsEntry("deliver_client_failures mychannel configuration-not-applied", 1.0);
        assertThat(metrics.keySet()).noneMatch(name -> name.startsWith("gossip_rejected"));
    }

    @Test
    void aBlockThatNamesALaterConfigurationThanItselfIsRefused() {
        crypto.except(number -> number == 3 ? new BlockVerdict.Premature(9) : null);
        everyOrderer(serving(chain));

        client.start();
        runFor(1);

        assertThat(metrics.get("gossip_rejected impossible-last-config")).isPositive();
    }

    @Test
    void aWorkerThatFailsIsNobodysFault() {
        crypto.except(number -> {
            if (crypto.verified.size() == 1) {
                throw new IllegalStateException("no memory");
            }
            return null;
        });
        everyOrderer(serving(chain));

        client.start();
        runFor(5);

        assertThat(sink.blocks).hasSize(40);
        assertThat(metrics).containsEntry("deliver_client_failures mychannel verification-failed", 1.0);
    }

    @Test
    void asksForNoMoreThanFitsWhileTheSinkIsFull() {
        everyOrderer(serving(chain));
        sink.full(true);

        client.start();
        runFor(60);

        assertThat(sink.numbers()).containsExactly(0L);
        assertThat(orderers.last().requests).isEqualTo(Pipeline.MAX_BLOCKS);
        sink.full(false);
        runFor(5);
        assertThat(sink.blocks).hasSize(40);
    }

    @Test
    void keepsOrderThoughVerificationEndsInAnother() {
        everyOrderer(serving(chain));
        crypto.except(number -> {
            node.setWorkDuration(Duration.ofMillis(number % 3 * 40));
            return null;
        });

        client.start();
        runFor(20);

        assertThat(sink.numbers()).isSorted().hasSize(40);
    }

    @Test
    void refusalsAreReportedWithTheirReason() {
        crypto.except(number -> number == 0 ? new BlockVerdict.Refused(new Rejection("no-quorum", "1 of 3")) : null);
        everyOrderer(serving(chain));

        client.start();
        runFor(1);

        assertThat(metrics.get("deliver_client_failures mychannel no-quorum")).isPositive();
    }

    private List<ByteString> spoilt(int number) {
        List<ByteString> blocks = new ArrayList<>(chain);
        blocks.set(number, unsigned(blocks.get(number)));
        return blocks;
    }

    private static ByteString unsigned(ByteString bytes) {
        try {
            Block.Builder block = Block.parseFrom(bytes).toBuilder();
            block.getMetadataBuilder().setMetadata(0, ByteString.copyFromUtf8("forged"));
            return block.build().toByteString();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
