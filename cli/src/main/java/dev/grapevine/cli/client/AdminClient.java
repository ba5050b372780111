package dev.grapevine.cli.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.grapevine.proto.admin.AdminGrpc;
import dev.grapevine.proto.admin.AdminRequest;
import dev.grapevine.proto.admin.LeaveChannel;
import dev.grapevine.proto.admin.SignedAdminRequest;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
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
        send(AdminRequest.newBuilder().setLeaveChannel(LeaveChannel.newBuilder().setChannel(channel)));
    }

    private void send(AdminRequest.Builder request) {
        SignatureHeader header = connection.signatureHeader();
        Instant now = Instant.now();
        ByteString payload = request.setCreator(header.getCreator())
                .setNonce(header.getNonce())
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .setTlsCertHash(connection.tlsHash())
                .build()
                .toByteString();
        SignedAdminRequest signed = SignedAdminRequest.newBuilder()
                .setPayload(payload)
                .setSignature(connection.identity().sign(payload))
                .build();
        connection.call(() -> AdminGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .leaveChannel(signed));
    }
}
