package dev.grapevine.comm.grpc;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Netty's threads, which all nodes of a process may share. Whoever creates them closes them, after the nodes. */
public record NettyThreads(EventLoopGroup group, Class<? extends Channel> client, Class<? extends ServerChannel> server)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NettyThreads.class);
    private static final long PATIENCE_SECONDS = 3;

    /**
     * So many daemon threads, on Linux with the system's own way of waiting, which costs an idle peer less than Java's.
     *
     * @param threads at least 1; one serves dozens of peers
     */
    public static NettyThreads create(int threads) {
        return Epoll.isAvailable()
                ? new NettyThreads(
                        group(threads, EpollIoHandler.newFactory()),
                        EpollSocketChannel.class,
                        EpollServerSocketChannel.class)
                : new NettyThreads(
                        group(threads, NioIoHandler.newFactory()),
                        NioSocketChannel.class,
                        NioServerSocketChannel.class);
    }

    private static EventLoopGroup group(int threads, IoHandlerFactory io) {
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("grapevine-net", true), io);
    }

    /** Ends the threads and waits for that, a few seconds at most. Not to be called on one of them. */
    @Override
    public void close() {
        if (!group.shutdownGracefully(0, 1, TimeUnit.SECONDS)
                .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("the network threads have not ended within {} s", PATIENCE_SECONDS);
        }
    }
}
