package dev.grapevine.node;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.ChannelPeer;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.crypto.ValidIdentity;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.discovery.MembershipListener;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.node.peer.ChannelSettings;
import dev.grapevine.node.peer.JoinedChannel;
import dev.grapevine.node.peer.PeerNode;
import dev.grapevine.node.services.ServedChannel;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.gossip.Chaincode;
import org.hyperledger.fabric.protos.gossip.GossipMessage;

/**
 * A peer that gossips and replicates channels, for a program to embed.
 *
 * <p>Methods may be called from any thread, listeners and callbacks included, and never wait: what takes time returns a future.
 * Listeners run on the executor they are registered with, each one's events in order. After {@link #stop} every call fails.
 */
public final class GossipPeer implements AutoCloseable {
    private final PeerRuntime runtime;
    private final Subscriptions subscriptions;

    private GossipPeer(PeerRuntime runtime) {
        this.runtime = runtime;
        this.subscriptions = new Subscriptions(runtime);
    }

    /**
     * A peer that does nothing before {@link #start}.
     *
     * @param resources shared with the other peers of this process; closed by whoever made them
     * @param meters where it reports its numbers; {@link Meters#NONE} for nowhere
     */
    public static GossipPeer create(PeerOptions options, NodeResources resources, Meters meters) {
        return new GossipPeer(new PeerRuntime(options, resources, meters));
    }

    /**
     * Binds the address, opens the channels joined before and looks for the other peers.
     *
     * @return done when the peer is reachable; fails if its identity has expired, its address is taken or its storage cannot be
     *     opened
     */
    public CompletableFuture<Void> start() {
        return runtime.start();
    }

    /** Ends links, streams and ledgers. Nothing that was committed is lost. */
    public CompletableFuture<Void> stop() {
        return runtime.stop();
    }

    /**
     * Stops, and waits for it.
     *
     * @throws IllegalStateException on the node's own thread, from a listener that runs there, where waiting would never end
     */
    @Override
    public void close() {
        if (runtime.inLoop()) {
            throw new IllegalStateException(
                    "stop() can be called here; close() would wait for the thread it is called on");
        }
        stop().join();
    }

    /** The port it listens on; the real one also if 0 was asked for. */
    public int port() {
        return runtime.port();
    }

    /** Who this peer is. */
    public PkiId pkiId() {
        return runtime.options().identity().pkiId();
    }

    /** Joins a channel by its genesis block. */
    public CompletableFuture<Verdict<ChannelId>> join(Block genesis) {
        return runtime.onServices(() -> runtime.channels().join(genesis));
    }

    /** Leaves a channel; its ledger stays on disk. */
    public CompletableFuture<Verdict<ChannelId>> leave(ChannelId channel) {
        return runtime.onServices(() -> runtime.channels().leave(channel));
    }

    /** The joined channels, by name. */
    public List<ChannelId> channels() {
        return runtime.channels().names();
    }

    /** The other peers that are alive. */
    public CompletableFuture<List<NetworkMember>> peers() {
        return runtime.ask(node -> node.discovery().alive());
    }

    /** The other peers that are alive and in a channel; none if it is not joined. */
    public CompletableFuture<List<ChannelPeer>> peers(ChannelId channel) {
        return inChannel(channel, JoinedChannel::peers).thenApply(peers -> peers.orElse(List.of()));
    }

    /** This peer as others see it. */
    public CompletableFuture<NetworkMember> self() {
        return runtime.ask(node -> node.discovery().self());
    }

    /** This peer's place in a channel; empty if it is not joined. */
    public CompletableFuture<Optional<ChannelStatus>> status(ChannelId id) {
        return inChannel(id, ChannelStatus::of);
    }

    /**
     * What is wrong with this peer, by component, for a health check: channels that have halted or could not be opened. Empty
     * while all is well.
     */
    public CompletableFuture<Map<String, String>> failures() {
        return runtime.ask(node -> runtime.channels().failures());
    }

    /** A stored block; empty if there is none of that number or the channel is not joined. */
    public CompletableFuture<Optional<Block>> block(ChannelId channel, long number) {
        return runtime.onServices(() -> runtime.channels()
                .find(channel.name())
                .filter(found -> Long.compareUnsigned(number, found.height()) < 0)
                .map((ServedChannel found) -> found.block(number)));
    }

    /**
     * Takes a block that came another way. It is verified as if a peer had sent it, stored when its turn comes, and spread.
     *
     * @param block a serialised common.Block
     */
    public CompletableFuture<Verdict<Long>> addBlock(ChannelId id, long number, ByteString block) {
        return runtime.begin((node, verdict) -> node.channel(id)
                .ifPresentOrElse(
                        channel -> channel.add(number, block, verdict::complete),
                        () -> verdict.complete(Verdict.rejected("unknown-channel", id + " is not joined"))));
    }

    /** Sends an unsigned message to some peers, without a promise. */
    public void send(GossipMessage message, Collection<RemotePeer> peers) {
        List<RemotePeer> receivers = List.copyOf(peers);
        SignedGossipMessage unsigned = SignedGossipMessage.unsigned(message);
        runtime.withNode(node -> node.comm().send(unsigned, receivers));
    }

    /**
     * Sends to peers of a channel and waits for their acknowledgements.
     *
     * @return for each chosen peer an empty text if it acknowledged, else what went wrong; fails if fewer peers than {@link
     *     SendCriteria#minimumAcknowledgements} fit
     */
    public CompletableFuture<Map<RemotePeer, String>> send(GossipMessage message, SendCriteria criteria) {
        return runtime.begin((node, acknowledged) -> criteria.send(node, message, acknowledged));
    }

    /**
     * Signs a message and pushes it, as its tag demands; alive, state-info and leadership messages are this peer's own.
     *
     * @throws IllegalArgumentException for a block, which nobody may spread unverified: {@link #addBlock} verifies and spreads it
     */
    public void gossip(GossipMessage message) {
        if (message.hasDataMsg()) {
            throw new IllegalArgumentException("give a block to addBlock, which verifies it before it is spread");
        }
        runtime.withNode(node -> node.gossip()
                .push(SignedGossipMessage.signed(message, runtime.options().identity()), null));
    }

    /**
     * Hands over a copy of every message of an authenticated peer that fits, before it is handled here.
     *
     * @return what ends it
     */
    public Runnable accept(Predicate<GossipMessage> fits, Executor executor, Consumer<SignedGossipMessage> receiver) {
        return acceptRaw(
                received -> fits.test(received.message().message()),
                executor,
                received -> receiver.accept(received.message()));
    }

    /**
     * Hands over every message of an authenticated peer that fits, with who sent it and the means to answer.
     *
     * @param fits runs on the node's loop and must not wait
     * @return what ends it
     */
    public Runnable acceptRaw(Predicate<ReceivedMessage> fits, Executor executor, Consumer<ReceivedMessage> receiver) {
        return subscriptions.messages(fits, executor, receiver);
    }

    /** Sets what others see as this peer's metadata. */
    public CompletableFuture<Void> updateMetadata(ByteString metadata) {
        return change(node -> node.discovery().updateMetadata(metadata));
    }

    /** Says which committed chaincodes are installed here; nothing happens if the channel is not joined. */
    public CompletableFuture<Void> updateChaincodes(ChannelId channel, List<Chaincode> chaincodes) {
        List<Chaincode> installed = List.copyOf(chaincodes);
        return change(node -> node.channel(channel).ifPresent(joined -> joined.updateChaincodes(installed)));
    }

    /** Declares a peer dead until it is heard of again. */
    public CompletableFuture<Void> suspect(PkiId peer) {
        return change(node -> node.discovery().suspect(peer));
    }

    /** Judges the identities of all peers again, as after a change of the local MSP. */
    public CompletableFuture<Void> revalidateIdentities() {
        return change(PeerNode::revalidateIdentities);
    }

    /** The identities this peer holds, its own included. */
    public CompletableFuture<List<ValidIdentity>> identities() {
        return runtime.ask(node -> node.identities().all());
    }

    /** Whether an identity is of this peer's organisation. */
    public boolean isInMyOrganisation(ByteString identity) {
        return runtime.trust().crypto().organisationOf(identity).equals(Optional.of(organisation()));
    }

    /** This peer's organisation. */
    public MspId organisation() {
        return runtime.options().identity().mspId();
    }

    /** The peers of a channel that a condition selects. */
    public CompletableFuture<List<ChannelPeer>> peers(ChannelId channel, Predicate<ChannelPeer> condition) {
        return peers(channel)
                .thenApply(peers -> peers.stream().filter(condition).toList());
    }

    /** Tells of peers that come, go and change. */
    public void onMembership(Executor executor, MembershipListener listener) {
        subscriptions.membership(executor, listener);
    }

    /** Tells when this peer begins (true) or ends (false) to lead its organisation in a joined channel. */
    public void onLeadership(ChannelId id, Executor executor, Consumer<Boolean> listener) {
        subscriptions.channel(id, executor, listener, JoinedChannel::onLeadership);
    }

    /** Tells of every block of a joined channel that has become durable here, in order. */
    public void onCommit(ChannelId id, Executor executor, Consumer<Block> listener) {
        subscriptions.<VerifiedBlock>channel(
                id, executor, block -> listener.accept(block.block()), JoinedChannel::onCommit);
    }

    /** Tells the sequence of every configuration of a joined channel that takes effect. */
    public void onConfiguration(ChannelId id, Executor executor, Consumer<Long> listener) {
        subscriptions.<ChannelSettings>channel(
                id, executor, settings -> listener.accept(settings.sequence()), JoinedChannel::onConfiguration);
    }

    private CompletableFuture<Void> change(Consumer<PeerNode> change) {
        return runtime.ask(node -> {
                    change.accept(node);
                    return true;
                })
                .thenApply(done -> null);
    }

    private <T> CompletableFuture<Optional<T>> inChannel(ChannelId id, Function<JoinedChannel, T> question) {
        return runtime.ask(node -> node.channel(id).map(question));
    }
}
