package dev.grapevine.node.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.admin.AdminGrpc;
import dev.grapevine.proto.admin.AdminRequest;
import dev.grapevine.proto.admin.ChannelStatus;
import dev.grapevine.proto.admin.ChannelStatusResponse;
import dev.grapevine.proto.admin.LeaveChannel;
import dev.grapevine.proto.admin.SignedAdminRequest;
import dev.grapevine.state.CatchUpProgress;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServiceTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final ByteString TLS_HASH = ByteString.copyFromUtf8("hash of the client's certificate");

    private final MemoryChain chain = new MemoryChain("lab", TestBlocks.block(0));
    private final MemoryChannels channels = new MemoryChannels(chain);
    private Loopback loopback;

    @BeforeEach
    void connect() throws IOException {
        AdminService.Limits limits = new AdminService.Limits(Clock.fixed(NOW, ZoneOffset.UTC), WINDOW, true);
        loopback = new Loopback(new AdminService(channels, channels, limits, () -> TLS_HASH));
    }

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void anAdministratorHasTheNodeLeaveAChannel() {
        send(request -> request);

        assertThat(channels.names()).isEmpty();
    }

    @Test
    void aRequestCountsOnce() {
        SignedAdminRequest request = request(each -> each);
        send(request);

        assertRefused(request, "PERMISSION_DENIED: replayed-request");
    }

    @Test
    void aChannelThatIsNotHereCannotBeLeft() {
        assertRefused(
                request(each -> each.setLeaveChannel(LeaveChannel.newBuilder().setChannel("other"))), "NOT_FOUND");
    }

    @Test
    void nobodyElseIsLetIn() {
        assertRefused(request(each -> each.setCreator(ByteString.copyFromUtf8("member"))), "PERMISSION_DENIED");
    }

    @Test
    void requestsFromAnotherTimeAreRefused() {
        assertRefused(request(each -> each.setTimestamp(at(NOW.minus(WINDOW).minusSeconds(1)))), "untimely-request");
        assertRefused(request(each -> each.setTimestamp(at(NOW.plus(WINDOW).plusSeconds(1)))), "untimely-request");
        assertRefused(
                request(each -> each.setTimestamp(Timestamp.newBuilder().setSeconds(Long.MIN_VALUE))),
                "untimely-request");
    }

    @Test
    void aRequestSignedForAnotherTlsCertificateIsRefused() {
        assertRefused(request(each -> each.setTlsCertHash(ByteString.copyFromUtf8("another"))), "unbound-request");
    }

    @Test
    void aShortNonceOrGarbageIsRefused() {
        assertRefused(request(each -> each.setNonce(ByteString.copyFromUtf8("short"))), "bad-nonce");
        assertRefused(
                SignedAdminRequest.newBuilder()
                        .setPayload(ByteString.copyFromUtf8("\u0001x"))
                        .build(),
                "malformed-request");
        assertRefused(request(AdminRequest.Builder::clearLeaveChannel), "INVALID_ARGUMENT");
        assertThat(channels.names()).hasSize(1);
    }

    @Test
    void aReaderIsToldHowFarTheNodeIsAndWhoLeadsAsOftenAsItAsks() {
        SignedAdminRequest request = statusRequest("reader", "lab");
        var unused = status(request);

        ChannelStatusResponse status = status(request);

        assertThat(status.getHeight()).isEqualTo(1);
        assertThat(status.getMspId()).isEqualTo("Org1MSP");
        assertThat(status.getLeader()).isEqualTo(MemoryChannels.LEADER.bytes());
        assertThat(status.getIsLeader()).isFalse();
        assertThat(status.hasCatchUp()).isFalse();
    }

    @Test
    void aReaderIsToldHowCatchingUpGoes() {
        channels.catchUp = Optional.of(new CatchUpProgress(1, 2001, 500, 5e6));

        ChannelStatusResponse status = status(statusRequest("reader", "lab"));

        assertThat(status.getCatchUp().getTarget()).isEqualTo(2001);
        assertThat(status.getCatchUp().getBlocksPerSecond()).isEqualTo(500);
        assertThat(status.getCatchUp().getBytesPerSecond()).isEqualTo(5e6);
        assertThat(status.getCatchUp().getSecondsLeft()).isEqualTo(4);
    }

    @Test
    void strangersAreNotToldTheStatusNorWhetherAChannelIsHere() {
        chain.refusal = Optional.of(new Rejection("not-a-reader", "a stranger"));

        assertStatusRefused(statusRequest("stranger", "lab"), "PERMISSION_DENIED: not-a-reader");
        assertStatusRefused(statusRequest("stranger", "other"), "PERMISSION_DENIED: not-MEMBER");
        assertStatusRefused(statusRequest("member", "other"), "NOT_FOUND");
    }

    @Test
    void aRequestToLeaveIsNoneForTheStatusAndTheOtherWayRound() {
        assertRefused(statusRequest("admin", "lab"), "INVALID_ARGUMENT");
        assertStatusRefused(request(each -> each.setCreator(ByteString.copyFromUtf8("member"))), "INVALID_ARGUMENT");
    }

    private static SignedAdminRequest statusRequest(String caller, String channel) {
        return request(each -> each.setCreator(ByteString.copyFromUtf8(caller))
                .setChannelStatus(ChannelStatus.newBuilder().setChannel(channel)));
    }

    private ChannelStatusResponse status(SignedAdminRequest request) {
        return AdminGrpc.newBlockingStub(loopback.channel()).channelStatus(request);
    }

    private void assertStatusRefused(SignedAdminRequest request, String why) {
        assertThatThrownBy(() -> status(request))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining(why);
    }

    private void assertRefused(SignedAdminRequest request, String why) {
        assertThatThrownBy(() -> send(request))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining(why);
    }

    private void send(UnaryOperator<AdminRequest.Builder> change) {
        send(request(change));
    }

    private void send(SignedAdminRequest request) {
        var unused = AdminGrpc.newBlockingStub(loopback.channel()).leaveChannel(request);
    }

    private static SignedAdminRequest request(UnaryOperator<AdminRequest.Builder> change) {
        AdminRequest.Builder request = AdminRequest.newBuilder()
                .setCreator(ByteString.copyFromUtf8("admin"))
                .setTimestamp(at(NOW))
                .setNonce(ByteString.copyFromUtf8("a nonce of twenty-four bytes"))
                .setTlsCertHash(TLS_HASH)
                .setLeaveChannel(LeaveChannel.newBuilder().setChannel("lab"));
        return SignedAdminRequest.newBuilder()
                .setPayload(change.apply(request).build().toByteString())
                .build();
    }

    private static Timestamp at(Instant time) {
        return Timestamp.newBuilder().setSeconds(time.getEpochSecond()).build();
    }
}
