package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.admin.AdminGrpc;
import dev.grapevine.proto.admin.AdminRequest;
import dev.grapevine.proto.admin.AdminResponse;
import dev.grapevine.proto.admin.CatchUp;
import dev.grapevine.proto.admin.ChannelStatusResponse;
import dev.grapevine.proto.admin.SignedAdminRequest;
import dev.grapevine.state.CatchUpProgress;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code grapevine.admin.Admin}: what may be asked for and Fabric has no call for: administrators act, readers look. */
public final class AdminService extends AdminGrpc.AdminImplBase {
    private static final Logger log = LoggerFactory.getLogger(AdminService.class);

    private final ServedChannels channels;
    private final AccessControl access;
    private final AdminGate gate;
    private final Supplier<ByteString> clientCertificateHash;

    /**
     * What a request must satisfy, whoever makes it.
     *
     * @param timeWindow how far a request's timestamp may be from our clock, either way
     * @param boundToTls whether a request must carry the hash of the client's TLS certificate
     */
    public record Limits(Clock clock, Duration timeWindow, boolean boundToTls) {}

    /**
     * Serves administrators and readers.
     *
     * @param clientCertificateHash the hash of the TLS certificate of the call at hand; empty if the client presented none
     */
    public AdminService(
            ServedChannels channels, AccessControl access, Limits limits, Supplier<ByteString> clientCertificateHash) {
        this.channels = channels;
        this.access = access;
        this.gate = new AdminGate(access, limits);
        this.clientCertificateHash = clientCertificateHash;
    }

    @Override
    public void leaveChannel(SignedAdminRequest signed, StreamObserver<AdminResponse> client) {
        Verdict<AdminRequest> admitted = gate.admit(signed, clientCertificateHash.get());
        if (!admitted.isAccepted()) {
            log.debug("refused an administrator's request: {}", admitted.rejection());
            refuse(client, Status.PERMISSION_DENIED, admitted.rejection().toString());
            return;
        }
        if (!admitted.value().hasLeaveChannel()) {
            refuse(client, Status.INVALID_ARGUMENT, "the request is not one to leave a channel");
            return;
        }
        leave(admitted.value().getLeaveChannel().getChannel(), client);
    }

    private void leave(String name, StreamObserver<AdminResponse> client) {
        Optional<ServedChannel> channel = channels.find(name);
        if (channel.isEmpty()) {
            refuse(client, Status.NOT_FOUND, notHere(name));
            return;
        }
        Verdict<ChannelId> left = channels.leave(channel.get().id());
        if (left.isAccepted()) {
            client.onNext(AdminResponse.getDefaultInstance());
            client.onCompleted();
        } else {
            refuse(client, Status.FAILED_PRECONDITION, left.rejection().toString());
        }
    }

    @Override
    public void channelStatus(SignedAdminRequest signed, StreamObserver<ChannelStatusResponse> client) {
        Verdict<AdminRequest> admitted = gate.admit(signed, clientCertificateHash.get(), this::mayAskForStatus);
        if (!admitted.isAccepted()) {
            log.debug("refused a request for a channel's status: {}", admitted.rejection());
            refuse(client, Status.PERMISSION_DENIED, admitted.rejection().toString());
            return;
        }
        if (!admitted.value().hasChannelStatus()) {
            refuse(client, Status.INVALID_ARGUMENT, "the request is not one for a channel's status");
            return;
        }
        String name = admitted.value().getChannelStatus().getChannel();
        channels.find(name)
                .flatMap(channel -> channels.leadership(channel.id())
                        .map(leadership -> status(channel, leadership, channels.catchUp(channel.id()))))
                .ifPresentOrElse(
                        status -> {
                            client.onNext(status);
                            client.onCompleted();
                        },
                        () -> refuse(client, Status.NOT_FOUND, notHere(name)));
    }

    /** Which channels we are in is told to our own members only. */
    private Optional<Rejection> mayAskForStatus(AdminRequest request, SignedData caller) {
        return channels.find(request.getChannelStatus().getChannel())
                .map(channel -> channel.authorise(caller))
                .orElseGet(() -> access.checkLocal(AccessControl.LocalRole.MEMBER, caller));
    }

    private static ChannelStatusResponse status(
            ServedChannel channel, Leadership leadership, Optional<CatchUpProgress> catchUp) {
        ChannelStatusResponse.Builder status = ChannelStatusResponse.newBuilder()
                .setHeight(channel.height())
                .setMspId(leadership.organisation().name())
                .setLeader(leadership.leader().map(PkiId::bytes).orElse(ByteString.EMPTY))
                .setIsLeader(leadership.ours())
                .setConfigSequence(channel.configSequence());
        catchUp.ifPresent(progress -> status.setCatchUp(catchUp(progress)));
        return status.build();
    }

    private static CatchUp catchUp(CatchUpProgress progress) {
        CatchUp.Builder catchUp = CatchUp.newBuilder()
                .setTarget(progress.target())
                .setBlocksPerSecond(progress.blocksPerSecond())
                .setBytesPerSecond(progress.bytesPerSecond());
        progress.timeLeft().ifPresent(left -> catchUp.setSecondsLeft(left.toMillis() / 1e3));
        return catchUp.build();
    }

    private static String notHere(String channel) {
        return "this node is not in channel '" + channel + "'";
    }

    private static void refuse(StreamObserver<?> client, Status status, String why) {
        client.onError(status.withDescription(why).asRuntimeException());
    }
}
