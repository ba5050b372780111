package dev.grapevine.cli.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.grapevine.proto.admin.AdminGrpc;
import dev.grapevine.proto.admin.AdminRequest;
import dev.grapevine.proto.admin.ChannelStatus;
import dev.grapevine.proto.admin.ChannelStatusResponse;
import dev.grapevine.proto.admin.LeaveChannel;
import dev.grapevine.proto.admin.SignedAdminRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/** Calls of a node's Admin service, which only Grapevine nodes have. */
public final class AdminClient {
    private static final long TIMEOUT_SECONDS = 60;

    private final Connection connection;

    public AdminClient(Connection connection) {
        this.connection = connection;
    }

    /** Leaves a channel. */
    public void leave(String channel) {
        SignedAdminRequest request = signed(AdminRequest.newBuilder()
                .setLeaveChannel(LeaveChannel.newBuilder().setChannel(channel)));
        connection.call(() -> stub().leaveChannel(request));
    }

    /**
     * How far the node is in a channel and who leads its organisation there; empty if it is a plain Fabric peer, or does not
     * tell us.
     *
     * @param onRefusal told what the node said if we may not know
     */
    public Optional<ChannelStatusResponse> status(String channel, Consumer<String> onRefusal) {
        SignedAdminRequest request = signed(AdminRequest.newBuilder()
                .setChannelStatus(ChannelStatus.newBuilder().setChannel(channel)));
        return connection.call(() -> {
            try {
                return Optional.of(stub().channelStatus(request));
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() == Status.Code.PERMISSION_DENIED) {
                    onRefusal.accept(String.valueOf(e.getStatus().getDescription()));
                } else if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                    throw e;
                }
                return Optional.empty();
            }
        });
    }

    private AdminGrpc.AdminBlockingStub stub() {
        return AdminGrpc.newBlockingStub(connection.channel()).withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private SignedAdminRequest signed(AdminRequest.Builder request) {
        SignatureHeader header = connection.signatureHeader();
        Instant now = Instant.now();
        ByteString payload = request.setCreator(header.getCreator())
                .setNonce(header.getNonce())
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .setTlsCertHash(connection.tlsHash())
                .build()
                .toByteString();
        return SignedAdminRequest.newBuilder()
                .setPayload(payload)
                .setSignature(connection.identity().sign(payload))
                .build();
    }
}
