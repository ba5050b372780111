package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.channel.pull.PullEngine;
import dev.grapevine.channel.pull.PullFrames;
import dev.grapevine.channel.pull.PullItems;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.crypto.ValidIdentity;
import dev.grapevine.discovery.Neighbourhood;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Sha256;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.PeerIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The pull of identities, among all peers of all organisations. Offered are our own identity and those that were pulled;
 * identities from handshakes and alive messages come without their owner's signature and cannot be passed on.
 */
public final class IdentityPull implements PullItems {
    private final GossipPorts ports;
    private final GossipConfig config;
    private final Verifications verifications;
    private final long maxBytes;
    private final PullEngine engine;
    private final Neighbourhood neighbourhood;
    private final Map<PkiId, SignedGossipMessage> held = new LinkedHashMap<>();
    private long bytes;

    /** The living when none of their identities was missing. */
    private @Nullable List<NetworkMember> completeFor;

    IdentityPull(GossipPorts ports, GossipConfig config, Verifications verifications) {
        this.ports = ports;
        this.config = config;
        this.verifications = verifications;
        this.maxBytes = config.limits().identityBytes();
        this.neighbourhood = ports.neighbourhood();
        this.engine = new PullEngine(
                ports.scheduler(),
                ports.comm(),
                config.pull(),
                PullFrames.ofIdentities(),
                this,
                ports.rejections(),
                ports::drop);
        hold(ports.self().pkiId(), ownIdentity());
    }

    private SignedGossipMessage ownIdentity() {
        return SignedGossipMessage.signed(
                GossipMessage.newBuilder()
                        .setTag(GossipMessage.Tag.EMPTY)
                        .setPeerIdentity(PeerIdentity.newBuilder()
                                .setPkiId(ports.self().pkiId().bytes())
                                .setCert(ports.self().serialized()))
                        .build(),
                ports.self());
    }

    void start() {
        engine.start();
    }

    void stop() {
        engine.stop();
    }

    void handle(ReceivedMessage received) {
        engine.handle(received);
    }

    /** Offers an identity no more that the identity store has removed; if it is offered to us, it is fetched again. */
    public void forget(PkiId peer) {
        completeFor = null;
        SignedGossipMessage gone = held.remove(peer);
        bytes -= gone == null ? 0 : gone.size();
    }

    /** How many identities are offered. */
    public int size() {
        return held.size();
    }

    @Override
    public List<RemotePeer> partners() {
        return candidates().stream().map(NetworkMember::remotePeer).toList();
    }

    /** Where all are probed one neighbour, and nobody while no identity is missing: there is nothing to be had. */
    private List<NetworkMember> candidates() {
        if (!ports.membership().isCalm()) {
            return PullPartners.choose(
                    ports.membership().alive(),
                    config.pull().peers(),
                    ports.membership(),
                    ports.scheduler().random());
        }
        return isComplete()
                ? List.of()
                : neighbourhood.partner(any -> true).stream().toList();
    }

    private boolean isComplete() {
        if (ports.membership().hasStrangers()) {
            return false;
        }
        List<NetworkMember> alive = ports.membership().alive();
        if (alive != completeFor && alive.stream().allMatch(this::isHeld)) {
            completeFor = alive;
        }
        return alive == completeFor;
    }

    private boolean isHeld(NetworkMember member) {
        return held.containsKey(member.pkiId());
    }

    @Override
    public List<ByteString> offer(PkiId requester) {
        List<ByteString> ids = new ArrayList<>();
        held.keySet().forEach(peer -> {
            if (mayKnow(requester, peer)) {
                ids.add(peer.bytes());
            }
        });
        return ids;
    }

    @Override
    public Optional<Envelope> item(ByteString id, PkiId requester) {
        if (id.isEmpty() || !mayKnow(requester, new PkiId(id))) {
            return Optional.empty();
        }
        return Optional.ofNullable(held.get(new PkiId(id))).map(SignedGossipMessage::envelope);
    }

    /** Our organisation may know everybody; another one only peers of its own and ours, and only those with an external endpoint. */
    private boolean mayKnow(PkiId requester, PkiId peer) {
        Optional<MspId> asking = ports.organisationOf(requester);
        Optional<MspId> owning = ports.organisationOf(peer);
        if (asking.isEmpty()) {
            return false;
        }
        boolean own = asking.get().equals(ports.self().mspId());
        boolean related =
                owning.isPresent() && (owning.get().equals(ports.self().mspId()) || owning.equals(asking));
        return own || (related && ports.hasExternalEndpoint(peer));
    }

    @Override
    public boolean isWanted(ByteString id) {
        return id.size() == Sha256.LENGTH && !held.containsKey(new PkiId(id));
    }

    @Override
    public SignedGossipMessage parse(Envelope item) throws MalformedMessageException {
        return ports.messages().of(item);
    }

    @Override
    public Optional<ByteString> idOf(SignedGossipMessage item) {
        return item.message().hasPeerIdentity()
                ? Optional.of(item.message().getPeerIdentity().getPkiId())
                : Optional.empty();
    }

    @Override
    public void take(List<SignedGossipMessage> items, ReceivedMessage update) {
        Holds holds = Holds.on(update);
        items.forEach(item -> verify(item, update, holds));
        holds.release();
    }

    private void verify(SignedGossipMessage item, ReceivedMessage update, Holds holds) {
        String fault = MessageForm.faultOfIdentity(item, IdentityStore.MAX_IDENTITY_BYTES);
        if (fault != null) {
            ports.reject(update.sender(), "malformed-identity", fault);
            return;
        }
        ByteString identity = item.message().getPeerIdentity().getCert();
        holds.add();
        boolean started = verifications.submit(
                item.size(),
                () -> item.verify((signature, payload) -> ports.crypto().verify(identity, signature, payload)),
                false,
                valid -> {
                    admit(item, valid, update);
                    holds.release();
                });
        if (!started) {
            ports.drop("verification-backlog");
            holds.release();
        }
    }

    private void admit(SignedGossipMessage item, boolean valid, ReceivedMessage update) {
        PeerIdentity identity = item.message().getPeerIdentity();
        PkiId peer = new PkiId(identity.getPkiId());
        if (!valid) {
            refuse(peer, identity, update);
            return;
        }
        Verdict<ValidIdentity> verdict = ports.identities()
                .put(peer, identity.getCert(), ports.scheduler().wallTime());
        if (verdict.isAccepted()) {
            hold(peer, item);
        } else {
            ports.rejections().report(update.sender(), verdict.rejection());
        }
    }

    /** Who relays an identity of an organisation that only it knows, being in channels we are not in yet, is not to blame. */
    private void refuse(PkiId peer, PeerIdentity identity, ReceivedMessage update) {
        if (ports.crypto().organisationOf(identity.getCert()).isEmpty()) {
            ports.drop("identity-of-unknown-organisation");
        } else {
            ports.reject(update.sender(), "bad-identity-signature", "the identity of " + peer);
        }
    }

    private void hold(PkiId peer, SignedGossipMessage item) {
        if (bytes + item.size() > maxBytes) {
            ports.drop("identity-pull-full");
        } else if (held.putIfAbsent(peer, item) == null) {
            bytes += item.size();
        }
    }
}
