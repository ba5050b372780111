package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.state.OrdererEndpoint;
import dev.grapevine.state.OrdererStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.SeekInfo;

/** The ordering service of a simulation: one channel's blocks, delivered to whoever asks and can reach it. */
final class SimulatedOrdering {
    private static final Duration LATENCY = Duration.ofMillis(2);

    private final List<ByteString> blocks = new ArrayList<>();
    private final List<ByteString> hashes = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final Set<String> cutOff = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    SimulatedOrdering(ByteString genesis) {
        order(genesis);
    }

    ByteString genesis() {
        return blocks.get(0);
    }

    /** Number of blocks that are ordered. */
    long height() {
        return blocks.size();
    }

    /** The header hash of an ordered block; empty if there is none of this number. */
    ByteString hash(long number) {
        return number < hashes.size() ? hashes.get((int) number) : ByteString.EMPTY;
    }

    /** Puts a block at the end of the chain. */
    void order(ByteString block) {
        try {
            hashes.add(BlockHash.ofHeader(Block.parseFrom(block).getHeader()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a block", e);
        }
        blocks.add(block);
        streams(address -> true).forEach(Stream::send);
    }

    /** Keeps these nodes from reaching it; whoever is not named can. */
    void cutOff(Set<String> addresses) {
        cutOff.clear();
        cutOff.addAll(addresses);
        streams(cutOff::contains).forEach(Stream::breakOff);
    }

    /** Answers a node from now on that it may not read the channel, as one whose certificate was revoked. */
    void refuse(String address) {
        refused.add(address);
        streams(address::equals).forEach(Stream::refuse);
    }

    /** Ends the streams of a node that has crashed. */
    void forget(String address) {
        clients.removeIf(client -> client.address.equals(address));
    }

    private List<Stream> streams(Predicate<String> address) {
        return clients.stream()
                .filter(client -> address.test(client.address))
                .flatMap(client -> client.streams.stream())
                .toList();
    }

    /** How a node reaches it from now on. */
    OrdererStream.Source source(String address, Scheduler scheduler) {
        Client client = new Client(address, scheduler);
        clients.add(client);
        return client;
    }

    static List<OrdererEndpoint> endpoints() {
        return List.of(new OrdererEndpoint("orderer:7050", List.of()));
    }

    private static long firstWanted(Envelope seek) {
        try {
            return SeekInfo.parseFrom(Payload.parseFrom(seek.getPayload()).getData())
                    .getStart()
                    .getSpecified()
                    .getNumber();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a peer sent a seek that does not parse", e);
        }
    }

    /** A node and its streams. While nodes run, each touches nothing else here but the blocks, which it only reads. */
    private final class Client implements OrdererStream.Source {
        private final String address;
        private final Scheduler scheduler;
        private final List<Stream> streams = new ArrayList<>();

        Client(String address, Scheduler scheduler) {
            this.address = address;
            this.scheduler = scheduler;
        }

        @Override
        public OrdererStream open(OrdererEndpoint endpoint, Envelope seek, OrdererStream.Listener listener) {
            Stream stream = new Stream(this, firstWanted(seek), listener);
            if (cutOff.contains(address)) {
                scheduler.schedule(LATENCY, () -> stream.end("unreachable"));
            } else if (refused.contains(address)) {
                stream.refuse();
            } else {
                streams.add(stream);
                stream.request();
            }
            return stream;
        }
    }

    private final class Stream implements OrdererStream {
        private final Client client;
        private final Listener listener;
        private long next;
        private int wanted;
        private boolean ended;

        Stream(Client client, long next, Listener listener) {
            this.client = client;
            this.next = next;
            this.listener = listener;
        }

        @Override
        public void request() {
            wanted++;
            send();
        }

        void send() {
            while (wanted > 0 && next < blocks.size() && !ended) {
                wanted--;
                ByteString block = blocks.get((int) next++);
                client.scheduler.schedule(LATENCY, () -> deliver(block));
            }
        }

        private void deliver(ByteString block) {
            if (!ended) {
                listener.onBlock(block);
            }
        }

        void breakOff() {
            client.streams.remove(this);
            client.scheduler.execute(() -> end("connection lost"));
        }

        void refuse() {
            client.streams.remove(this);
            client.scheduler.schedule(LATENCY, () -> {
                if (!ended) {
                    listener.onStatus(Status.FORBIDDEN);
                }
            });
        }

        void end(String reason) {
            if (!ended) {
                ended = true;
                listener.onClosed(reason);
            }
        }

        @Override
        public void cancel() {
            ended = true;
            client.streams.remove(this);
        }
    }
}
