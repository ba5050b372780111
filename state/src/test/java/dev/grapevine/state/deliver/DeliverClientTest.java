package dev.grapevine.state.deliver;

import static dev.grapevine.state.deliver.ScriptedOrderers.closing;
import static dev.grapevine.state.deliver.ScriptedOrderers.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.state.OrdererEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.hyperledger.fabric.protos.common.Status;
import org.junit.jupiter.api.Test;

/** Connecting, failing and coming back: the scenarios of Fabric's blocksprovider suite. */
class DeliverClientTest extends DeliverFixture {
    @Test
    void pullsAllBlocksFromOneOrdererInOrderAndWaitsForMoreWithoutASound() {
        everyOrderer(serving(chain));

        client.start();
        runFor(10);

        assertThat(sink.numbers()).isEqualTo(numbers(0, 40));
        assertThat(orderers.streams).hasSize(1);
        assertThat(client.source()).contains(orderers.last().endpoint);
        assertThat(metrics).containsEntry("deliver_client_blocks_received mychannel", 40.0);
        assertThat(metrics).containsEntry("deliver_client_connected mychannel", 1.0);
        assertThat(time.step()).as("nothing ticks").isFalse();
    }

    @Test
    void asksFromTheFirstBlockThatIsNeitherStoredNorBuffered() {
        sink.runAhead(17);
        everyOrderer(serving(chain));

        client.start();
        runFor(1);

        assertThat(orderers.last().seekInfo().getStart().getSpecified().getNumber())
                .isEqualTo(17);
        assertThat(sink.numbers()).isEqualTo(numbers(17, 40));
    }

    @Test
    void leavesOutWhatComesAnotherWayAndGoesOnBehindIt() {
        sink.elsewhere(10, 20);
        everyOrderer(serving(chain));

        client.start();
        runFor(1);

        assertThat(sink.numbers()).hasSize(30).isSorted().containsSequence(8L, 9L, 20L);
        assertThat(orderers.last().seekInfo().getStart().getSpecified().getNumber())
                .isEqualTo(20);
        assertThat(orderers.streams).hasSize(2);
        assertThat(orderers.open()).isEqualTo(1);
    }

    @Test
    void goesToAnotherOrdererWhenOneFailsAndNeverTwiceInARowToTheSame() {
        everyOrderer(closing("connection refused"));

        client.start();
        runFor(60);

        List<String> dialled = orderers.dialled();
        assertThat(dialled).contains("a:1", "b:2", "c:3").hasSizeGreaterThan(10);
        for (int i = 1; i < dialled.size(); i++) {
            assertThat(dialled.get(i)).isNotEqualTo(dialled.get(i - 1));
        }
        assertThat(orderers.open()).isZero();
        assertThat(client.isRunning()).isTrue();
    }

    @Test
    void staysWithTheOnlyOrdererThereIs() {
        endpoints = endpoints("a:1");
        everyOrderer(closing("connection refused"));

        client.start();
        runFor(10);

        assertThat(orderers.dialled()).hasSizeGreaterThan(5).containsOnly("a:1");
    }

    @Test
    void waitsLongerAfterEachFailureButNeverLongerThanTheCap() {
        DeliverConfig config = DeliverConfig.defaults().withThresholds(Duration.ofHours(1), Duration.ofSeconds(2));
        everyOrderer(closing("connection refused"));

        client(config).start();
        runFor(600);

        List<ScriptedOrderers.Stream> streams = orderers.streams;
        for (int i = 1; i < streams.size(); i++) {
            double longest = Math.min(2e9, 1e8 * Math.pow(1.2, i - 1)) + 1e7;
            assertThat((double) streams.get(i).openedAt - streams.get(i - 1).openedAt)
                    .isLessThanOrEqualTo(longest);
        }
        assertThat(streams).hasSizeBetween(400, 900);
    }

    @Test
    void beginsTheWaitAfreshAfterABlock() {
        endpoints = endpoints("a:1");
        everyOrderer(closing("connection refused"));
        client.start();
        runFor(Duration.ofMinutes(10));
        everyOrderer(stream -> {
            stream.serveFrom(chain.subList(0, Math.min(40, sink.blocks.size() + 1)));
            stream.tell(listener -> listener.onClosed("gone again"));
        });
        time.runUntil(() -> !sink.blocks.isEmpty(), Duration.ofMinutes(10));
        runFor(10);

        assertThat(sink.blocks).as("100 ms at most after each").hasSize(40);
    }

    @Test
    void everyStatusEvenSuccessIsAFailure() {
        endpoints = endpoints("a:1");
        List<Status> answers = List.of(Status.SUCCESS, Status.NOT_FOUND, Status.FORBIDDEN, Status.SERVICE_UNAVAILABLE);
        everyOrderer(stream -> {
            int attempt = orderers.streams.size() - 1;
            if (attempt < answers.size()) {
                stream.tell(listener -> listener.onStatus(answers.get(attempt)));
            } else {
                stream.serveFrom(chain);
            }
        });

        client.start();
        runFor(10);

        assertThat(orderers.streams).hasSize(5);
        assertThat(sink.blocks).hasSize(40);
        assertThat(metrics).containsEntry("deliver_client_failures mychannel status-403", 1.0);
        assertThat(metrics).containsEntry("deliver_client_failures mychannel status-200", 1.0);
    }

    @Test
    void reportsEachTimeTheTotalThresholdIsSpentWaitingAndGoesOn() {
        DeliverConfig config = DeliverConfig.defaults().withThresholds(Duration.ofMinutes(10), Duration.ofMinutes(1));
        DeliverClient impatient = client(config);
        everyOrderer(closing("connection refused"));

        impatient.start();
        runFor(Duration.ofMinutes(25));

        assertThat(unreachableAt).hasSize(2);
        assertThat(Duration.ofNanos(unreachableAt.get(0))).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(12));
        assertThat(impatient.isRunning()).isTrue();
        everyOrderer(serving(chain));
        runFor(Duration.ofMinutes(1));
        assertThat(sink.blocks).hasSize(40);
    }

    @Test
    void saysWithinSecondsThatItIsRefusedThoughOneNodeIsDown() {
        endpoints = endpoints("a:1", "b:1", "down:1");
        everyOrderer(refusing());
        orderers.script("down:1", closing("connection refused"));

        client.start();
        runFor(Duration.ofSeconds(9));
        assertThat(unreachableAt).isEmpty();
        runFor(Duration.ofSeconds(21));
        assertThat(unreachableAt).isNotEmpty();
    }

    @Test
    void aRefusalThatIsFollowedByABlockIsForgotten() {
        endpoints = endpoints("a:1");
        everyOrderer(refusing());
        client.start();
        runFor(Duration.ofSeconds(8));

        everyOrderer(serving(chain.subList(0, 1)));
        time.runUntil(() -> !sink.blocks.isEmpty(), Duration.ofSeconds(5));
        everyOrderer(refusing());
        refusing().serve(orderers.last());
        runFor(Duration.ofSeconds(8));

        assertThat(sink.blocks).hasSize(1);
        assertThat(unreachableAt).isEmpty();
    }

    private static ScriptedOrderers.Script refusing() {
        return stream -> stream.tell(listener -> listener.onStatus(Status.FORBIDDEN));
    }

    @Test
    void shortTroublesBetweenBlocksDoNotAddUpToTheThreshold() {
        DeliverConfig config = DeliverConfig.defaults().withThresholds(Duration.ofSeconds(1), Duration.ofMillis(200));
        DeliverClient impatient = client(config);
        everyOrderer(stream -> {
            if (orderers.streams.size() % 4 == 0) {
                stream.serveFrom(chain.subList(0, Math.min(40, sink.blocks.size() + 1)));
            }
            stream.tell(listener -> listener.onClosed("shaky"));
        });

        impatient.start();
        time.runUntil(() -> sink.blocks.size() == 40, Duration.ofMinutes(5));

        assertThat(sink.blocks).hasSize(40);
        assertThat(unreachableAt).isEmpty();
    }

    @Test
    void mayBeStoppedByWhoIsToldThatTheServiceIsUnreachable() {
        DeliverConfig config = DeliverConfig.defaults().withThresholds(Duration.ofSeconds(5), Duration.ofSeconds(1));
        DeliverContext context = new DeliverContext(
                node,
                node,
                new DistinctBlocks(node, crypto::verifyBlock),
                self,
                ByteString.EMPTY,
                orderers,
                new RecordingMeters(metrics),
                new RejectionLog(node, new RecordingMeters(metrics)));
        DeliverClient[] yielding = new DeliverClient[1];
        yielding[0] = new DeliverClient(CHANNEL, config, context, () -> endpoints, sink, () -> yielding[0].stop());
        everyOrderer(closing("connection refused"));

        yielding[0].start();
        runFor(600);
        int attempts = orderers.streams.size();
        runFor(600);

        assertThat(yielding[0].isRunning()).isFalse();
        assertThat(orderers.streams).hasSize(attempts);
    }

    @Test
    void stoppingEndsTheStreamAndNothingIsHandedOverAfterIt() {
        everyOrderer(serving(chain));
        node.setWorkDuration(Duration.ofMillis(50));
        client.start();
        time.runUntil(() -> sink.blocks.size() == 3, Duration.ofSeconds(10));

        client.stop();
        client.stop();
        runFor(60);

        assertThat(sink.blocks).hasSize(3);
        assertThat(orderers.open()).isZero();
        assertThat(client.source()).isEmpty();
    }

    @Test
    void mayBeStartedAgainButNotTwice() {
        everyOrderer(serving(chain));
        client.start();
        assertThatThrownBy(client::start).isInstanceOf(IllegalStateException.class);
        client.stop();

        client.start();
        runFor(1);

        assertThat(sink.blocks).hasSize(40);
        assertThat(orderers.open()).isEqualTo(1);
    }

    @Test
    void withoutAnyOrdererItWaitsForAConfigurationThatNamesOne() {
        List<OrdererEndpoint> named = endpoints;
        everyOrderer(serving(chain));
        endpoints = List.of();
        client.start();
        runFor(60);
        assertThat(orderers.streams).isEmpty();

        endpoints = named;
        client.configurationApplied();
        runFor(Duration.ofMillis(50));

        assertThat(sink.blocks).isNotEmpty();
    }

    @Test
    void aChangeOfTheOrderersDropsTheStreamAndAsksANewOneAtOnce() {
        everyOrderer(serving(chain.subList(0, 10)));
        client.start();
        runFor(1);

        endpoints = endpoints("d:4");
        everyOrderer(serving(chain));
        client.configurationApplied();
        runFor(Duration.ofMillis(500));

        assertThat(orderers.open()).isEqualTo(1);
        assertThat(orderers.last().endpoint.address()).isEqualTo("d:4");
        assertThat(sink.numbers()).isEqualTo(numbers(0, 40));
        assertThat(metrics).doesNotContainKey("deliver_client_failures mychannel stream-closed");
    }

    @Test
    void aChangeOfTrustAloneDropsTheStreamToo() {
        everyOrderer(serving(chain));
        client.start();
        runFor(1);

        endpoints = endpoints.stream()
                .map(endpoint ->
                        new OrdererEndpoint(endpoint.address(), List.of(ByteString.copyFromUtf8("renewed root"))))
                .toList();
        client.configurationApplied();
        runFor(1);

        assertThat(orderers.streams).hasSize(2);
        assertThat(orderers.last().endpoint.tlsRoots()).containsExactly(ByteString.copyFromUtf8("renewed root"));
    }

    @Test
    void aConfigurationThatLeavesTheOrderersAloneLeavesTheStreamAlone() {
        everyOrderer(serving(chain));
        client.start();
        runFor(1);

        client.configurationApplied();
        runFor(10);

        assertThat(orderers.streams).hasSize(1);
    }

    @Test
    void dialsWhereAnOverrideSays() {
        endpoints = endpoints("orderer.example.com:7050");
        OrdererEndpoint elsewhere = endpoints("127.0.0.1:9050").get(0);
        orderers.script("127.0.0.1:9050", serving(chain));
        AddressOverride override =
                new AddressOverride("orderer.example.com:7050", elsewhere.address(), elsewhere.tlsRoots());

        client(DeliverConfig.defaults().withAddressOverrides(List.of(override))).start();
        runFor(1);

        assertThat(orderers.last().endpoint).isEqualTo(elsewhere);
        assertThat(sink.blocks).hasSize(40);
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
