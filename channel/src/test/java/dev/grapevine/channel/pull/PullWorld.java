package dev.grapevine.channel.pull;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.Comm;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;

/** Pull engines that reach each other in a millisecond; an item is a message whose channel field is its id. */
final class PullWorld {
    static final PullFrames FRAMES = PullFrames.ofBlocks(new ChannelId("lab"));

    final VirtualTime time = new VirtualTime(3);
    final Map<String, Puller> pullers = new TreeMap<>();
    final List<Sent> sent = new ArrayList<>();

    record Sent(String to, SignedGossipMessage message) {}

    static ByteString id(String item) {
        return ByteString.copyFromUtf8(item);
    }

    static Envelope item(String item) {
        return SignedGossipMessage.unsigned(
                        GossipMessage.newBuilder().setChannel(id(item)).build())
                .envelope();
    }

    Puller puller(String name, String... items) {
        Puller puller = new Puller(name, List.of(items));
        pullers.put(name, puller);
        return puller;
    }

    void send(Puller from, Puller to, SignedGossipMessage message) {
        sent.add(new Sent(to.name, message));
        from.node.schedule(
                Duration.ofMillis(1).plus(from.latency),
                () -> to.node.execute(() -> to.engine.handle(new Received(from, to, message))));
    }

    long count(ContentCase type) {
        return sent.stream().filter(each -> each.message().type() == type).count();
    }

    long requestsTo(String name) {
        return sent.stream()
                .filter(each -> each.to().equals(name) && each.message().type() == ContentCase.DATA_REQ)
                .count();
    }

    List<String> requestedItems() {
        return sent.stream()
                .filter(each -> each.message().type() == ContentCase.DATA_REQ)
                .flatMap(each -> each.message().message().getDataReq().getDigestsList().stream())
                .map(ByteString::toStringUtf8)
                .toList();
    }

    long lastNonceTo(String name) {
        return sent.stream()
                .filter(each -> each.to().equals(name) && each.message().type() == ContentCase.HELLO)
                .mapToLong(each -> each.message().message().getHello().getNonce())
                .reduce(0, (former, latter) -> latter);
    }

    final class Puller implements PullItems {
        final String name;
        final VirtualTime.Node node = time.newNode();
        final Set<String> items = new TreeSet<>();
        final Set<String> hidden = new TreeSet<>();
        final List<String> refusals = new ArrayList<>();
        final List<String> useless = new ArrayList<>();
        final PullEngine engine;
        private final RejectionLog rejections = new RejectionLog(node, Meters.NONE);
        Duration latency = Duration.ZERO;
        boolean isPartner = true;
        int taken;

        Puller(String name, List<String> items) {
            this.name = name;
            this.items.addAll(items);
            rejections.observe((from, why) -> refusals.add(why.reason()));
            this.engine = new PullEngine(node, comm(), PullConfig.defaults(), FRAMES, this, rejections, useless::add);
        }

        /** Only sending is ever asked of it. */
        private Comm comm() {
            return (Comm) Proxy.newProxyInstance(
                    Comm.class.getClassLoader(), new Class<?>[] {Comm.class}, (proxy, method, arguments) -> {
                        Object receivers = arguments[1];
                        Collection<?> all = receivers instanceof Collection<?> many ? many : List.of(receivers);
                        for (Object receiver : all) {
                            String to = ((RemotePeer) receiver).endpoint();
                            send(this, pullers.get(to), (SignedGossipMessage) arguments[0]);
                        }
                        return null;
                    });
        }

        PkiId pkiId() {
            return new PkiId(id(name));
        }

        @Override
        public List<RemotePeer> partners() {
            return pullers.values().stream()
                    .filter(other -> other != this && other.isPartner)
                    .map(other -> new RemotePeer(other.name, other.pkiId()))
                    .toList();
        }

        @Override
        public List<ByteString> offer(PkiId requester) {
            return items.stream()
                    .filter(item -> !hidden.contains(item))
                    .map(PullWorld::id)
                    .toList();
        }

        @Override
        public Optional<Envelope> item(ByteString id, PkiId requester) {
            String item = id.toStringUtf8();
            return items.contains(item) && !hidden.contains(item)
                    ? Optional.of(PullWorld.item(item))
                    : Optional.empty();
        }

        @Override
        public boolean isWanted(ByteString id) {
            return !items.contains(id.toStringUtf8());
        }

        @Override
        public Optional<ByteString> idOf(SignedGossipMessage item) {
            return Optional.of(item.message().getChannel());
        }

        @Override
        public void take(List<SignedGossipMessage> received, ReceivedMessage update) {
            taken += received.size();
            received.forEach(item -> items.add(item.message().getChannel().toStringUtf8()));
        }
    }

    private final class Received implements ReceivedMessage {
        private final Puller from;
        private final Puller to;
        private final SignedGossipMessage message;

        Received(Puller from, Puller to, SignedGossipMessage message) {
            this.from = from;
            this.to = to;
            this.message = message;
        }

        @Override
        public SignedGossipMessage message() {
            return message;
        }

        @Override
        public ConnectionInfo sender() {
            return new ConnectionInfo(
                    from.pkiId(), ByteString.EMPTY, new MspId("Org"), ByteString.EMPTY, ByteString.EMPTY, 0, "test");
        }

        @Override
        public void respond(SignedGossipMessage answer) {
            send(to, from, answer);
        }

        @Override
        public Runnable hold() {
            return () -> {};
        }

        @Override
        public void acknowledge(String error) {
            throw new UnsupportedOperationException("no pull message is acknowledged");
        }
    }
}
