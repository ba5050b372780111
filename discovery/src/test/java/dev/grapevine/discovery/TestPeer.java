package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.crypto.MessageCrypto;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.discovery.MembershipSnapshotStore.SavedMember;
import dev.grapevine.proto.InnerMessages;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.proto.time.Workers;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One node of a {@link TestNetwork}: a discovery, an emitter that pushes at once to three, and an identity pull. */
final class TestPeer {
    final TestNetwork network;
    final MspId organisation;
    final String name;
    final DiscoveryConfig config;
    final VirtualTime.Node loop;
    final SigningIdentity identity;
    final ModelledCrypto crypto;
    final IdentityStore identities;
    final TestComm comm;
    final CountingMeters meters = new CountingMeters();
    final List<SignedGossipMessage> gossiped = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    IncarnationStore incarnations = IncarnationStore.inMemory();
    List<SavedMember> saved = List.of();
    Discovery discovery;
    int signatures;
    int verifications;
    int checkedFirst;
    boolean crashed;
    boolean pushes = true;

    TestPeer(TestNetwork network, MspId organisation, String name, DiscoveryConfig config, @Nullable TestPeer former) {
        this.network = network;
        this.organisation = organisation;
        this.name = name;
        this.config = config;
        this.loop = network.time.newNode();
        this.identity = counting(ModelledCrypto.identity(organisation, name));
        this.crypto = new ModelledCrypto(organisation)
                .join(TestNetwork.CHANNEL, TestNetwork.ORG1, TestNetwork.ORG2, TestNetwork.ORG3);
        this.identities = new IdentityStore(counting(crypto), identity, 1000, loop.wallTime());
        this.comm = new TestComm(network, this);
        if (former != null) {
            incarnations = former.incarnations;
            saved = former.saved;
        }
    }

    private SigningIdentity counting(SigningIdentity signer) {
        return new SigningIdentity() {
            @Override
            public MspId mspId() {
                return signer.mspId();
            }

            @Override
            public ByteString serialized() {
                return signer.serialized();
            }

            @Override
            public PkiId pkiId() {
                return signer.pkiId();
            }

            @Override
            public ByteString sign(ByteString payload) {
                signatures++;
                return signer.sign(payload);
            }
        };
    }

    private MessageCrypto counting(MessageCrypto real) {
        return (MessageCrypto) Proxy.newProxyInstance(
                MessageCrypto.class.getClassLoader(), new Class<?>[] {MessageCrypto.class}, (proxy, method, args) -> {
                    if (method.getName().equals("verify")) {
                        verifications++;
                    }
                    return method.invoke(real, args);
                });
    }

    private Workers counting(Workers real) {
        return new Workers() {
            @Override
            public <T> void submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
                real.submit(work, done);
            }

            @Override
            public <T> void submitFirst(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
                checkedFirst++;
                real.submitFirst(work, done);
            }
        };
    }

    TestPeer start() {
        discovery = new Discovery(config, ports());
        discovery.addListener(new MembershipListener() {
            @Override
            public void joined(NetworkMember member) {
                events.add("joined " + nameOf(member));
            }

            @Override
            public void left(NetworkMember member) {
                events.add("left " + nameOf(member));
            }

            @Override
            public void updated(NetworkMember member) {
                events.add("updated " + nameOf(member));
            }
        });
        loop.execute(discovery::start);
        loop.every(Duration.ofSeconds(4), this::pullIdentities);
        return this;
    }

    private DiscoveryPorts ports() {
        return new DiscoveryPorts(
                loop,
                counting(loop),
                comm,
                identity,
                counting(crypto),
                identities,
                this::push,
                incarnations,
                new MembershipSnapshotStore() {
                    @Override
                    public List<SavedMember> load() {
                        return saved;
                    }

                    @Override
                    public void save(List<SavedMember> members) {
                        saved = members;
                    }
                },
                new RejectionLog(loop, meters),
                new InnerMessages(100),
                meters);
    }

    private static String nameOf(NetworkMember member) {
        return member.preferredEndpoint().replace(":7051", "");
    }

    private void push(SignedGossipMessage message, @Nullable PkiId from) {
        gossiped.add(message);
        if (!pushes) {
            return;
        }
        List<NetworkMember> candidates = discovery.alive().stream()
                .filter(discovery.disclosure().receiversOf(message))
                .filter(member -> !member.pkiId().equals(from))
                .toList();
        RandomChoice.of(candidates, 3, loop.random())
                .forEach(member ->
                        comm.send(discovery.disclosure().forReceiver(message, member.pkiId()), member.remotePeer()));
    }

    private void pullIdentities() {
        RandomChoice.of(discovery.alive(), 3, loop.random())
                .forEach(member -> network.at(member.preferredEndpoint())
                        .filter(other -> network.isConnected(this, other))
                        .ifPresent(other -> other.identities
                                .all()
                                .forEach(held -> identities.put(held.pkiId(), held.serialized(), loop.wallTime()))));
    }

    /** Ends this peer as a power cut would. */
    void crash() {
        crashed = true;
        loop.stop();
    }

    /** The same peer again, with what its disk remembers. */
    TestPeer restarted() {
        TestPeer next = new TestPeer(network, organisation, name, config, this);
        network.enter(next);
        return next;
    }

    PkiId pkiId() {
        return identity.pkiId();
    }

    ConnectionInfo connectionInfo() {
        return new ConnectionInfo(
                pkiId(), identity.serialized(), organisation, ByteString.EMPTY, ByteString.EMPTY, 1, config.endpoint());
    }

    void meet(TestPeer other) {
        identities.put(other.pkiId(), other.identity.serialized(), loop.wallTime());
    }

    void receive(SignedGossipMessage message, TestPeer from) {
        if (discovery == null) {
            return; // not started: it listens and says nothing
        }
        discovery.handle(new ReceivedMessage() {
            @Override
            public SignedGossipMessage message() {
                return message;
            }

            @Override
            public ConnectionInfo sender() {
                return from.connectionInfo();
            }

            @Override
            public void respond(SignedGossipMessage answer) {
                comm.sent.add(answer);
                network.deliver(TestPeer.this, from, answer);
            }

            @Override
            public Runnable hold() {
                return () -> {};
            }

            @Override
            public void acknowledge(String error) {
                throw new AssertionError("discovery acknowledges nothing");
            }
        });
    }

    /** The membership responses this peer has sent. */
    List<SignedGossipMessage> answers() {
        return comm.sent.stream()
                .filter(message -> message.message().hasMemRes())
                .toList();
    }

    boolean sees(List<TestPeer> group) {
        return group.stream().filter(peer -> peer != this).allMatch(this::sees)
                && discovery.alive().size() == group.size() - 1;
    }

    boolean sees(TestPeer other) {
        return discovery.isAlive(other.pkiId());
    }

    boolean knows(TestPeer other) {
        return discovery.lookup(other.pkiId()).isPresent();
    }

    @Override
    public String toString() {
        return name;
    }
}
