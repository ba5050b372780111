package dev.grapevine.comm;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.memory.MemoryNetwork;
import dev.grapevine.comm.memory.MemoryTransport;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Nodes with nothing but the module under test, in virtual time. */
final class World {
    static final MspId ORG1 = new MspId("Org1MSP");
    static final MspId ORG2 = new MspId("Org2MSP");
    static final MspId STRANGERS = new MspId("StrangersMSP");

    final VirtualTime time;
    final TestNetwork faults = new TestNetwork();
    final MemoryNetwork network = new MemoryNetwork(faults);
    CommConfig config = CommConfig.defaults();

    World() {
        this(7);
    }

    World(long seed) {
        time = new VirtualTime(seed);
    }

    void run(Duration duration) {
        time.runFor(duration);
    }

    void settle() {
        run(Duration.ofSeconds(3));
    }

    Node node(String name) {
        return node(name, ORG1, config);
    }

    /** A peer that does not announce Grapevine's extensions, as a Go peer. */
    Node fabricLike(String name) {
        return node(name, ORG1, config.withExtensions(false));
    }

    Node node(String name, MspId org, CommConfig nodeConfig) {
        return node(name, name + ":7051", org, nodeConfig);
    }

    Node node(String name, String address, MspId org, CommConfig nodeConfig) {
        Node.Place place = (where, loop) -> network.newTransport(where, loop);
        return new Node(ModelledCrypto.identity(org, name), place, address, nodeConfig);
    }

    Node withoutTls(String name) {
        Node.Place place = (where, loop) -> network.newTransport(where, loop, ByteString.EMPTY);
        return new Node(ModelledCrypto.identity(ORG1, name), place, name + ":7051", config);
    }

    Stranger stranger(String name) {
        return new Stranger(network, name + ":9999");
    }

    /** Somebody who speaks to the transport directly and says whatever a test wants. */
    final class Stranger {
        final VirtualTime.Node loop = time.newNode();
        final MemoryTransport transport;
        final List<ByteString> frames = new ArrayList<>();
        final List<StreamEnd> ends = new ArrayList<>();

        Stranger(MemoryNetwork network, String address) {
            transport = network.newTransport(address, loop);
        }

        FrameStream dial(Node node) {
            List<FrameStream> opened = new ArrayList<>();
            transport.dial(node.peer.endpoint(), Duration.ofSeconds(1), Duration.ofSeconds(1), verdict -> {
                FrameStream stream = verdict.value();
                attach(stream);
                opened.add(stream);
            });
            run(Duration.ofMillis(100));
            return opened.get(0);
        }

        /** Dials and shakes hands properly. */
        FrameStream linkWith(Node node, SigningIdentity as) {
            FrameStream stream = dial(node);
            stream.send(new OwnIntroduction(as, false)
                    .message(transport.tlsCertificateHash(), false)
                    .wire());
            run(Duration.ofMillis(100));
            stream.authenticated();
            return stream;
        }

        void attach(FrameStream stream) {
            stream.listen(new FrameStream.Listener() {
                @Override
                public void onFrame(ByteString frame) {
                    frames.add(frame);
                    stream.request(1);
                }

                @Override
                public void onReady() {}

                @Override
                public void onEnd(StreamEnd end) {
                    ends.add(end);
                }
            });
            stream.request(1);
        }

        boolean wasHungUpOn() {
            return ends.stream().anyMatch(end -> !end.clean());
        }
    }

    final class Node {
        interface Place {
            MemoryTransport take(String address, VirtualTime.Node loop);
        }

        final SigningIdentity identity;
        final RemotePeer peer;
        final VirtualTime.Node loop = time.newNode();
        final ModelledCrypto crypto;
        final IdentityStore identities;
        final MemoryTransport transport;
        final GossipComm comm;
        final CountingMeters meters = new CountingMeters();
        final List<ReceivedMessage> received = new ArrayList<>();
        final List<PkiId> dead = new ArrayList<>();
        final List<PkiId> switched = new ArrayList<>();
        Consumer<ReceivedMessage> reaction = message -> {};

        Node(SigningIdentity identity, Place place, String address, CommConfig config) {
            this.identity = identity;
            this.peer = new RemotePeer(address, identity.pkiId());
            this.crypto = new ModelledCrypto(identity.mspId()).join(new ChannelId("shared"), ORG1, ORG2);
            this.identities = new IdentityStore(crypto, identity, 1000, loop.wallTime());
            this.transport = place.take(address, loop);
            this.comm = new GossipComm(
                    config, transport, identity, identities, loop, loop, new RejectionLog(loop, meters), meters);
            comm.onMessage(message -> {
                received.add(message);
                reaction.accept(message);
            });
            comm.onPresumedDead(dead::add);
            comm.onIdentitySwitch(switched::add);
            comm.start();
        }

        void send(SignedGossipMessage message, Node to) {
            loop.execute(() -> comm.send(message, to.peer));
        }

        /** Sends something and waits until it must be there. */
        void linkWith(Node other) {
            send(Messages.control(0), other);
            settle();
        }

        boolean isLinkedWith(Node other) {
            return comm.connection(other.identity.pkiId()).isPresent();
        }

        void kill() {
            loop.stop();
            transport.close();
        }

        long rejected(String reason) {
            return meters.count("gossip_rejected/" + reason);
        }

        List<Long> nonces() {
            return received.stream()
                    .map(message -> message.message().message().getNonce())
                    .toList();
        }
    }
}
