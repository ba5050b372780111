package dev.grapevine.node.orderer;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.grpc.Reasons;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.state.OrdererEndpoint;
import dev.grapevine.state.OrdererStream;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.jspecify.annotations.Nullable;

/** One Deliver stream and the connection under it. Commands come from the loop, gRPC's callbacks from Netty's threads. */
final class GrpcOrdererStream implements OrdererStream {
    private static final MethodDescriptor<Envelope, ByteString> DELIVER =
            AtomicBroadcastGrpc.getDeliverMethod().toBuilder(
                            AtomicBroadcastGrpc.getDeliverMethod().getRequestMarshaller(), new RawMarshaller())
                    .build();

    private final ManagedChannel channel;
    private final OrdererEndpoint endpoint;
    private final Scheduler loop;
    private final Listener listener;
    private final ClientCall<Envelope, ByteString> call;
    private Scheduler.@Nullable Timer deadline;
    private boolean ended;

    GrpcOrdererStream(ManagedChannel channel, OrdererEndpoint endpoint, Scheduler loop, Listener listener) {
        this.channel = channel;
        this.endpoint = endpoint;
        this.loop = loop;
        this.listener = listener;
        this.call = channel.newCall(DELIVER, CallOptions.DEFAULT);
    }

    void start(Envelope seek, Duration connectionTimeout) {
        deadline = loop.schedule(
                connectionTimeout, () -> end(endpoint + " could not be reached within " + connectionTimeout));
        watchConnection();
        call.start(new Callbacks(), new Metadata());
        call.request(1);
        call.sendMessage(seek);
    }

    /** A connection that stands may be silent as long as the chain does not grow: then the deadline has no meaning. */
    private void watchConnection() {
        ConnectivityState state = channel.getState(false);
        if (state == ConnectivityState.READY) {
            onLoop(this::callOffDeadline);
        } else if (state != ConnectivityState.SHUTDOWN) {
            channel.notifyWhenStateChanged(state, this::watchConnection);
        }
    }

    private void callOffDeadline() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    @Override
    public void request() {
        call.request(1);
    }

    @Override
    public void cancel() {
        if (!ended) {
            ended = true;
            callOffDeadline();
            call.cancel("no longer wanted", null);
            channel.shutdownNow();
        }
    }

    private void end(String reason) {
        cancel();
        listener.onClosed(reason);
    }

    /** Runs an event of this stream, unless it has ended by then. */
    private void onLoop(Runnable event) {
        loop.execute(() -> {
            if (!ended) {
                event.run();
            }
        });
    }

    private void onFrame(ByteString response) {
        try {
            DeliverFrame frame = DeliverFrame.parse(response);
            if (frame instanceof DeliverFrame.OfBlock block) {
                listener.onBlock(block.bytes());
            } else if (frame instanceof DeliverFrame.OfStatus status) {
                listener.onStatus(status.status());
            }
        } catch (MalformedMessageException e) {
            end(endpoint + " sent " + e.getMessage());
        }
    }

    private final class Callbacks extends ClientCall.Listener<ByteString> {
        @Override
        public void onMessage(ByteString response) {
            onLoop(() -> onFrame(response));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            onLoop(() -> end(endpoint + " closed the stream: " + Reasons.of(status)));
        }
    }
}
