package dev.grapevine.benchmarks.scenario;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelOutboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what connections write to TCP, TLS records included: it stands last before the socket, so what passes has been
 * encrypted.
 */
@Sharable
final class WireBytes extends ChannelOutboundHandlerAdapter {
    private final LongAdder written = new LongAdder();

    /** Bytes written so far. */
    long written() {
        return written.sum();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof ByteBuf bytes) {
            written.add(bytes.readableBytes());
        }
        super.write(context, message, promise);
    }
}
