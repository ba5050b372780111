package dev.grapevine.cli.client;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekNewest;
import org.hyperledger.fabric.protos.orderer.SeekOldest;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.orderer.SeekSpecified;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.hyperledger.fabric.protos.peer.DeliverResponse;

/** Fetches single blocks over {@code protos.Deliver}. */
public final class BlockFetch {
    private static final long TIMEOUT_SECONDS = 30;

    private final Connection connection;

    public BlockFetch(Connection connection) {
        this.connection = connection;
    }

    /**
     * One block.
     *
     * @param which {@code oldest}, {@code newest} or a number
     */
    public Block fetch(String channel, String which) {
        SeekPosition position = position(which);
        ByteString seek = SeekInfo.newBuilder()
                .setStart(position)
                .setStop(position)
                .setBehavior(SeekInfo.SeekBehavior.FAIL_IF_NOT_READY)
                .build()
                .toByteString();
        FirstBlock first = new FirstBlock();
        DeliverGrpc.newStub(connection.channel())
                .deliver(first)
                .onNext(connection.envelope(HeaderType.DELIVER_SEEK_INFO, channel, seek));
        return first.await();
    }

    private static SeekPosition position(String which) {
        return switch (which) {
            case "oldest" ->
                SeekPosition.newBuilder()
                        .setOldest(SeekOldest.getDefaultInstance())
                        .build();
            case "newest" ->
                SeekPosition.newBuilder()
                        .setNewest(SeekNewest.getDefaultInstance())
                        .build();
            default ->
                SeekPosition.newBuilder()
                        .setSpecified(SeekSpecified.newBuilder().setNumber(number(which)))
                        .build();
        };
    }

    private static long number(String which) {
        try {
            return Long.parseUnsignedLong(which);
        } catch (NumberFormatException e) {
            throw new CommandFailure("which block is '" + which + "'? give a number, oldest, newest or config", e);
        }
    }

    private static final class FirstBlock implements ClientResponseObserver<Envelope, DeliverResponse> {
        private final CompletableFuture<Block> block = new CompletableFuture<>();
        private final CompletableFuture<ClientCallStreamObserver<Envelope>> call = new CompletableFuture<>();

        @Override
        public void beforeStart(ClientCallStreamObserver<Envelope> requests) {
            call.complete(requests);
        }

        @Override
        public void onNext(DeliverResponse response) {
            if (response.hasBlock()) {
                block.complete(response.getBlock());
            } else {
                block.completeExceptionally(new CommandFailure("the node refused with status " + response.getStatus()));
            }
        }

        @Override
        public void onError(Throwable failure) {
            block.completeExceptionally(new CommandFailure("the stream failed", failure));
        }

        @Override
        public void onCompleted() {
            block.completeExceptionally(new CommandFailure("the node sent no block"));
        }

        Block await() {
            try {
                return block.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof CommandFailure failure
                        ? failure
                        : new CommandFailure("cannot fetch the block", e);
            } catch (TimeoutException e) {
                throw new CommandFailure("the node sent no block within " + TIMEOUT_SECONDS + " s", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailure("interrupted", e);
            } finally {
                call.join().cancel("done", null);
            }
        }
    }
}
