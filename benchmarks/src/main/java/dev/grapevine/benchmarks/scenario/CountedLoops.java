package dev.grapevine.benchmarks.scenario;

import dev.grapevine.comm.grpc.NettyThreads;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;
import io.grpc.netty.shaded.io.netty.channel.IoEventLoop;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.SingleThreadIoEventLoop;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;

/** Network threads like those of {@link NettyThreads}, which count the bytes of every connection they serve. */
final class CountedLoops extends MultiThreadIoEventLoopGroup {
    private CountedLoops(int threads, IoHandlerFactory io, WireBytes bytes) {
        super(threads, new DefaultThreadFactory("bench-net", true), io, bytes);
    }

    static NettyThreads create(int threads, WireBytes bytes) {
        return Epoll.isAvailable()
                ? new NettyThreads(
                        new CountedLoops(threads, EpollIoHandler.newFactory(), bytes),
                        EpollSocketChannel.class,
                        EpollServerSocketChannel.class)
                : new NettyThreads(
                        new CountedLoops(threads, NioIoHandler.newFactory(), bytes),
                        NioSocketChannel.class,
                        NioServerSocketChannel.class);
    }

    /** Called by the constructor of the superclass, so what it needs comes as an argument. */
    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory io, Object... arguments) {
        WireBytes bytes = (WireBytes) arguments[0];
        return new SingleThreadIoEventLoop(this, executor, io) {
            @Override
            public ChannelFuture register(Channel channel) {
                watch(channel);
                return super.register(channel);
            }

            @Override
            public ChannelFuture register(ChannelPromise promise) {
                watch(promise.channel());
                return super.register(promise);
            }

            private void watch(Channel channel) {
                if (!(channel instanceof ServerChannel) && channel.pipeline().get(WireBytes.class) == null) {
                    channel.pipeline().addFirst(bytes);
                }
            }
        };
    }
}
