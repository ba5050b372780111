package dev.grapevine.state.deliver;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.state.OrdererEndpoint;
import dev.grapevine.state.OrdererStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.orderer.SeekInfo;

/** Ordering nodes that do what a test tells them: serve a chain, refuse, break off, lie. */
final class ScriptedOrderers implements OrdererStream.Source {
    private static final Duration LATENCY = Duration.ofMillis(5);

    /** How an ordering node answers a stream. */
    interface Script {
        void serve(Stream stream);
    }

    final List<Stream> streams = new ArrayList<>();
    private final Scheduler scheduler;
    private final Map<String, Script> scripts = new HashMap<>();

    ScriptedOrderers(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void script(String address, Script script) {
        scripts.put(address, script);
    }

    /** A node that serves these blocks as they are asked for, and waits for more at their end. */
    static Script serving(List<ByteString> chain) {
        return stream -> stream.serveFrom(chain);
    }

    static Script closing(String reason) {
        return stream -> stream.tell(listener -> listener.onClosed(reason));
    }

    List<String> dialled() {
        return streams.stream().map(stream -> stream.endpoint.address()).toList();
    }

    long open() {
        return streams.stream().filter(stream -> !stream.ended).count();
    }

    Stream last() {
        return streams.get(streams.size() - 1);
    }

    @Override
    public OrdererStream open(OrdererEndpoint endpoint, Envelope seek, OrdererStream.Listener listener) {
        Stream stream = new Stream(endpoint, seek, listener);
        streams.add(stream);
        scheduler.schedule(
                LATENCY,
                () -> scripts.getOrDefault(endpoint.address(), silent -> {}).serve(stream));
        return stream;
    }

    final class Stream implements OrdererStream {
        final OrdererEndpoint endpoint;
        final Envelope seek;
        final long openedAt = scheduler.nanoTime();
        private final Listener listener;
        int requests = 1;
        int delivered;
        boolean ended;
        private List<ByteString> chain = List.of();
        private int position;

        private Stream(OrdererEndpoint endpoint, Envelope seek, Listener listener) {
            this.endpoint = endpoint;
            this.seek = seek;
            this.listener = listener;
        }

        SeekInfo seekInfo() {
            try {
                return SeekInfo.parseFrom(Payload.parseFrom(seek.getPayload()).getData());
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }

        /** More blocks, as a growing chain has. */
        void serveFrom(List<ByteString> blocks) {
            position = (int) seekInfo().getStart().getSpecified().getNumber() + delivered;
            chain = blocks;
            deliver();
        }

        void tell(Consumer<Listener> event) {
            scheduler.schedule(LATENCY, () -> {
                if (!ended) {
                    event.accept(listener);
                }
            });
        }

        private void deliver() {
            while (!ended && delivered < requests && position < chain.size()) {
                ByteString block = chain.get(position++);
                delivered++;
                tell(told -> told.onBlock(block));
            }
        }

        @Override
        public void request() {
            requests++;
            deliver();
        }

        @Override
        public void cancel() {
            ended = true;
        }
    }
}
