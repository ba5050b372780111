package dev.grapevine.node;

import dev.grapevine.comm.grpc.NettyThreads;
import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A program with a good TLS certificate that never says who it is. It holds one gossip stream open with a first message that
 * it never finishes, and begins another one soon after the peer has ended that.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails to be sent shows in what arrives
final class Stranger implements AutoCloseable {
    /** What the gRPC prefix of its message announces. */
    static final int CLAIMED = 95 << 20;

    private static final String HOST = "127.0.0.1";
    private static final int FRAME = 16 << 10;
    private static final long PAUSE_MILLIS = 200;
    private static final DefaultHttp2Headers CALL = new DefaultHttp2Headers();

    static {
        CALL.method("POST").scheme("https").path("/gossip.Gossip/GossipStream").authority(HOST);
        CALL.add("content-type", "application/grpc").add("te", "trailers");
    }

    private final Channel connection;
    private final int bytes;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicInteger ended = new AtomicInteger();

    /** @param bytes of the message that it tries to send, fewer than it claims */
    Stranger(NettyThreads threads, SslContext tls, int port, int bytes) {
        this.bytes = bytes;
        connection = new Bootstrap()
                .group(threads.group())
                .channel(threads.client())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        tls.newHandler(channel.alloc(), HOST, port),
                                        Http2FrameCodecBuilder.forClient().build(),
                                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                                        new BeginOnceSecured());
                    }
                })
                .connect(HOST, port)
                .channel();
    }

    private void openStream() {
        new Http2StreamChannelBootstrap(connection).handler(new Unfinished()).open();
    }

    /** How many bytes left for the peer, on all streams together. */
    long taken() {
        return taken.get();
    }

    /** How many streams the peer has ended. */
    int ended() {
        return ended.get();
    }

    @Override
    public void close() {
        connection.close().syncUninterruptibly();
    }

    /** A stream that is opened before the TLS handshake is over may be sent before HTTP/2's preface. */
    private final class BeginOnceSecured extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
                openStream();
            }
            context.fireUserEventTriggered(event);
        }
    }

    /** One message that sends as fast as the peer takes it and stops short of its end. */
    private final class Unfinished extends ChannelInboundHandlerAdapter {
        private int sent;

        @Override
        public void channelActive(ChannelHandlerContext stream) {
            stream.write(new DefaultHttp2HeadersFrame(CALL));
            send(stream, Unpooled.buffer().writeByte(0).writeInt(CLAIMED));
            pour(stream);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext stream) {
            pour(stream);
        }

        private void pour(ChannelHandlerContext stream) {
            while (sent < bytes
                    && stream.channel().isActive()
                    && stream.channel().isWritable()) {
                int length = Math.min(FRAME, bytes - sent);
                sent += length;
                send(stream, Unpooled.wrappedBuffer(new byte[length]));
            }
            stream.flush();
        }

        private void send(ChannelHandlerContext stream, ByteBuf content) {
            int length = content.readableBytes();
            stream.write(new DefaultHttp2DataFrame(content)).addListener(written -> {
                if (written.isSuccess()) {
                    taken.addAndGet(length);
                }
            });
        }

        @Override
        public void channelRead(ChannelHandlerContext stream, Object frame) {
            ReferenceCountUtil.release(frame);
            if (frame instanceof Http2HeadersFrame trailers && trailers.isEndStream()) {
                stream.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext stream) {
            ended.incrementAndGet();
            connection.eventLoop().schedule(Stranger.this::openStream, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
