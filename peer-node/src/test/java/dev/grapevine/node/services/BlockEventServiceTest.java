package dev.grapevine.node.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.grapevine.node.deliver.DeliverChain;
import dev.grapevine.node.deliver.DeliverService;
import dev.grapevine.proto.Rejection;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekNewest;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.orderer.SeekSpecified;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.hyperledger.fabric.protos.peer.DeliverResponse;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockEventServiceTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final ByteString TLS_HASH = ByteString.copyFromUtf8("hash of the client's certificate");
    private static final SeekPosition NEWEST =
            SeekPosition.newBuilder().setNewest(SeekNewest.getDefaultInstance()).build();
    private static final SeekPosition FOREVER = number(-1);

    private final MemoryChain chain =
            new MemoryChain("lab", TestBlocks.block(0), TestBlocks.block(1), TestBlocks.block(2));
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final Received<DeliverResponse> received = new Received<>();
    private Loopback loopback;
    private StreamObserver<Envelope> requests;

    @BeforeEach
    void connect() throws IOException {
        loopback = serve(false);
        requests = DeliverGrpc.newStub(loopback.channel()).deliver(received);
    }

    private Loopback serve(boolean boundToTls) throws IOException {
        Function<String, Optional<DeliverChain>> chains =
                name -> name.equals("lab") ? Optional.of(chain) : Optional.empty();
        DeliverService.Limits limits = new DeliverService.Limits(Clock.fixed(NOW, ZoneOffset.UTC), WINDOW, boundToTls);
        return new Loopback(new BlockEventService(chains, chains, limits, executor, () -> TLS_HASH));
    }

    @AfterEach
    void close() {
        loopback.close();
        executor.shutdownNow();
    }

    @Test
    void sendsTheBlocksAskedForAndThenSuccess() {
        requests.onNext(seek(number(1), number(2)));

        assertBlock(1);
        assertBlock(2);
        assertStatus(Status.SUCCESS);
    }

    @Test
    void goesOnWithBlocksAsTheyAreCommitted() {
        requests.onNext(seek(number(2), FOREVER));
        assertBlock(2);

        chain.commit(TestBlocks.block(3));
        assertBlock(3);
        chain.commit(TestBlocks.block(4));
        assertBlock(4);
    }

    @Test
    void fromNewestToNewestIsOneBlock() {
        requests.onNext(seek(NEWEST, NEWEST));

        assertBlock(2);
        assertStatus(Status.SUCCESS);
    }

    @Test
    void aSecondSeekOnTheSameStreamIsServedAfterTheFirst() {
        requests.onNext(seek(number(0), number(0)));
        requests.onNext(seek(number(2), number(2)));

        assertBlock(0);
        assertStatus(Status.SUCCESS);
        assertBlock(2);
        assertStatus(Status.SUCCESS);
    }

    @Test
    void aClientThatSendsNothingMoreStillGetsWhatItAskedFor() {
        requests.onNext(seek(number(2), number(3)));
        requests.onCompleted();
        assertBlock(2);

        chain.commit(TestBlocks.block(3));

        assertBlock(3);
        assertStatus(Status.SUCCESS);
        assertThat(received.next()).isEqualTo(io.grpc.Status.Code.OK);
    }

    @Test
    void failIfNotReadyEndsAtTheChainsEnd() {
        requests.onNext(envelope(
                "lab",
                NOW,
                SeekInfo.newBuilder()
                        .setStart(number(2))
                        .setStop(FOREVER)
                        .setBehavior(SeekInfo.SeekBehavior.FAIL_IF_NOT_READY)
                        .build()));

        assertBlock(2);
        assertRefused(Status.NOT_FOUND);
    }

    @Test
    void aStartBeyondTheNextBlockIsNotFound() {
        requests.onNext(seek(number(4), FOREVER));

        assertRefused(Status.NOT_FOUND);
    }

    @Test
    void aStopBeforeTheStartIsABadRequest() {
        requests.onNext(seek(number(2), number(1)));

        assertRefused(Status.BAD_REQUEST);
    }

    @Test
    void anUnknownChannelIsNotFound() {
        requests.onNext(envelope("other", NOW, range(number(0), number(0))));

        assertRefused(Status.NOT_FOUND);
    }

    @Test
    void aRequestFromAnotherTimeIsABadRequest() {
        requests.onNext(envelope("lab", NOW.minus(WINDOW).minusSeconds(1), range(number(0), number(0))));

        assertRefused(Status.BAD_REQUEST);
    }

    @Test
    void aRequestThatDoesNotParseIsABadRequest() {
        requests.onNext(Envelope.newBuilder()
                .setPayload(ByteString.copyFromUtf8("\u0001garbage"))
                .build());

        assertRefused(Status.BAD_REQUEST);
    }

    @Test
    void whoMayNotReadIsForbidden() {
        chain.refusal = Optional.of(new Rejection("not-a-reader", "a stranger"));
        requests.onNext(seek(number(0), FOREVER));

        assertRefused(Status.FORBIDDEN);
    }

    @Test
    void whoseCertificateHasExpiredIsForbidden() {
        chain.expiry = Optional.of(NOW.minusSeconds(1));
        requests.onNext(seek(number(0), FOREVER));

        assertRefused(Status.FORBIDDEN);
    }

    @Test
    void whoMayNoLongerReadUnderANewConfigurationIsCutOff() {
        requests.onNext(seek(number(2), FOREVER));
        assertBlock(2);

        chain.refusal = Optional.of(new Rejection("not-a-reader", "thrown out"));
        chain.configSequence = 2;
        chain.commit(TestBlocks.block(3));

        assertRefused(Status.FORBIDDEN);
    }

    @Test
    void aCancelledStreamNoLongerListensToTheChain() throws InterruptedException {
        requests.onNext(seek(number(2), FOREVER));
        assertBlock(2);

        requests.onError(io.grpc.Status.CANCELLED.asException());

        assertThat(chain.ended.poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aRequestMustNameTheTlsCertificateOfItsClient() throws IOException {
        try (Loopback bound = serve(true)) {
            DeliverGrpc.newStub(bound.channel()).deliver(received).onNext(seek(number(0), number(0)));

            assertRefused(Status.BAD_REQUEST);
        }
    }

    @Test
    void filteredBlocksTellIdsTypesAndCodesAndSkipWhatDoesNotParse() {
        chain.commit(TestBlocks.block(
                3,
                TestBlocks.transaction("tx-a", HeaderType.ENDORSER_TRANSACTION, ByteString.copyFromUtf8("\u0001")),
                ByteString.copyFromUtf8("\u0001not an envelope")));
        DeliverGrpc.newStub(loopback.channel()).deliverFiltered(received).onNext(seek(number(3), number(3)));

        FilteredBlock filtered = ((DeliverResponse) received.next()).getFilteredBlock();

        assertThat(filtered.getNumber()).isEqualTo(3);
        assertThat(filtered.getChannelId()).isEqualTo("lab");
        assertThat(filtered.getFilteredTransactionsList()).singleElement().satisfies(transaction -> {
            assertThat(transaction.getTxid()).isEqualTo("tx-a");
            assertThat(transaction.getType()).isEqualTo(HeaderType.ENDORSER_TRANSACTION);
            assertThat(transaction.getTxValidationCode()).isEqualTo(TxValidationCode.NOT_VALIDATED);
        });
        assertStatus(Status.SUCCESS);
    }

    @Test
    void headersAndSignaturesComeWithoutDataExceptForConfigurations() {
        Block configuration = TestBlocks.block(3, TestBlocks.transaction("", HeaderType.CONFIG, ByteString.EMPTY));
        chain.commit(configuration);

        requests.onNext(envelope(
                "lab",
                NOW,
                range(number(2), number(3)).toBuilder()
                        .setContentType(SeekInfo.SeekContentType.HEADER_WITH_SIG)
                        .build()));

        assertThat(((DeliverResponse) received.next()).getBlock())
                .isEqualTo(TestBlocks.block(2).toBuilder().clearData().build());
        assertThat(((DeliverResponse) received.next()).getBlock()).isEqualTo(configuration);
        assertStatus(Status.SUCCESS);
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFor() {
        for (int number = 3; number < 300; number++) {
            chain.commit(TestBlocks.block(number, ByteString.copyFrom(new byte[100_000])));
        }
        SlowReader slow = new SlowReader(received);
        DeliverGrpc.newStub(loopback.channel()).deliver(slow).onNext(seek(number(0), number(299)));

        slow.read(1);
        assertBlock(0);
        assertThat(chain.reads.get()).isLessThan(300);

        slow.read(300);
        for (int number = 1; number < 300; number++) {
            assertBlock(number);
        }
        assertStatus(Status.SUCCESS);
    }

    @Test
    void privateDataIsNotServed() {
        DeliverGrpc.newStub(loopback.channel()).deliverWithPrivateData(received).onNext(seek(number(0), number(0)));

        assertThat(received.next()).isEqualTo(io.grpc.Status.Code.UNIMPLEMENTED);
    }

    private void assertBlock(long number) {
        Block block = ((DeliverResponse) received.next()).getBlock();
        assertThat(block.getHeader().getNumber()).isEqualTo(number);
    }

    private void assertStatus(Status status) {
        assertThat(((DeliverResponse) received.next()).getStatus()).isEqualTo(status);
    }

    private void assertRefused(Status status) {
        assertStatus(status);
        assertThat(received.next()).isEqualTo(io.grpc.Status.Code.OK);
    }

    private static Envelope seek(SeekPosition start, SeekPosition stop) {
        return envelope("lab", NOW, range(start, stop));
    }

    private static SeekInfo range(SeekPosition start, SeekPosition stop) {
        return SeekInfo.newBuilder().setStart(start).setStop(stop).build();
    }

    private static SeekPosition number(long number) {
        return SeekPosition.newBuilder()
                .setSpecified(SeekSpecified.newBuilder().setNumber(number))
                .build();
    }

    private static Envelope envelope(String channel, Instant time, SeekInfo seek) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(HeaderType.DELIVER_SEEK_INFO_VALUE)
                .setChannelId(channel)
                .setTimestamp(Timestamp.newBuilder().setSeconds(time.getEpochSecond()))
                .build();
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(Header.newBuilder().setChannelHeader(header.toByteString()))
                        .setData(seek.toByteString())
                        .build()
                        .toByteString())
                .build();
    }
}
