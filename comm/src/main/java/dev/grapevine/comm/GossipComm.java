package dev.grapevine.comm;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.proto.time.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one {@link Comm}, over whatever {@link Transport}. On the loop only, constructor included. */
public final class GossipComm implements Comm {
    private static final Logger LOG = LoggerFactory.getLogger(GossipComm.class);

    /** A link that lives shorter than this was probably killed by a race of two dials. */
    private static final Duration QUICK_END = Duration.ofSeconds(1);

    private final CommConfig config;
    private final Transport transport;
    private final PkiId self;
    private final Scheduler scheduler;
    private final RejectionLog rejections;
    private final CommCounters counters;
    private final ReceiveBudget receiveBudget;
    private final Dialer dialer;
    private final DialTable dials;
    private final LinkTable links;
    private final HalfOpenStreams halfOpen;
    private final Acknowledgements acknowledgements;
    private final Reception reception;
    private final Link.Owner linkOwner = new LinkEvents();
    private final List<Consumer<PkiId>> presumedDead = new ArrayList<>();
    private final List<Consumer<PkiId>> refused = new ArrayList<>();
    private final List<Consumer<PkiId>> identitySwitch = new ArrayList<>();
    private boolean stopped;

    /**
     * @param self whom we are, and prove to be
     * @param identities takes the identities of the peers we shake hands with
     * @param workers verify signatures
     */
    public GossipComm(
            CommConfig config,
            Transport transport,
            SigningIdentity self,
            IdentityStore identities,
            Scheduler scheduler,
            Workers workers,
            RejectionLog rejections,
            Meters meters) {
        this.config = config;
        this.transport = transport;
        this.self = self.pkiId();
        this.scheduler = scheduler;
        this.rejections = rejections;
        this.counters = new CommCounters(meters);
        this.receiveBudget = new ReceiveBudget(config.limits().nodeReceiveBytes());
        Handshake.Terms terms = new Handshake.Terms(
                this.self,
                new OwnIntroduction(self, config.extensions()),
                identities,
                scheduler,
                workers,
                config.connTimeout());
        this.dialer = new Dialer(transport, config, terms);
        this.dials = new DialTable(config, dialer, scheduler, counters, new DialEvents());
        this.links = new LinkTable(new Survivor(this.self, config.extensions(), config.simultaneous()), scheduler);
        this.halfOpen = new HalfOpenStreams(config.limits(), terms, rejections, this::established);
        this.acknowledgements = new Acknowledgements(scheduler, config.limits().pendingAcknowledged());
        this.reception = new Reception(acknowledgements, this::answer);
    }

    /** Begins to accept streams. Set the receiver and the listeners before. */
    public void start() {
        transport.start(halfOpen::accept);
    }

    /**
     * Ends all links, after what waits in their control lanes, and whatever is under way; what is sent from now on is dropped.
     * The transport is closed with it.
     */
    public void stop() {
        stopped = true;
        dials.stop("stopped");
        links.finishAll("stopped");
        acknowledgements.stop("stopped");
        transport.close();
    }

    @Override
    public void send(SignedGossipMessage message, Collection<RemotePeer> peers) {
        Outgoing outgoing = Outgoing.of(message);
        peers.forEach(peer -> send(outgoing, peer));
    }

    private void send(Outgoing outgoing, RemotePeer peer) {
        if (stopped || self.equals(peer.pkiId())) {
            counters.dropped(outgoing, stopped ? "stopped" : "to-ourselves");
            return;
        }
        Optional<Link> link = peer.pkiId() == null ? links.at(peer.endpoint()) : links.get(peer.pkiId());
        if (link.isPresent()) {
            link.get().send(outgoing);
        } else {
            dials.send(peer, outgoing);
        }
    }

    @Override
    public void sendWithAck(
            SignedGossipMessage message,
            Collection<RemotePeer> peers,
            int minimum,
            Duration timeout,
            Consumer<Map<RemotePeer, String>> done) {
        Acknowledgements.Waiting waiting =
                acknowledgements.await(message.message().getNonce(), peers, minimum, timeout, done);
        for (RemotePeer peer : peers) {
            PkiId pkiId = peer.pkiId();
            if (pkiId != null) {
                send(new Outgoing(message, true, why -> waiting.settle(pkiId, why)), peer);
            }
        }
        waiting.sealed();
    }

    @Override
    public void probe(RemotePeer peer, Consumer<Verdict<Boolean>> done) {
        dialer.ping(peer, answered -> {
            if (answered.isAccepted()) {
                dials.reachable(peer.endpoint());
            }
            done.accept(answered);
        });
    }

    @Override
    public void handshake(RemotePeer peer, Consumer<Verdict<ConnectionInfo>> done) {
        dialer.connect(peer, true, proven -> {
            proven.accepted().ifPresent(found -> {
                found.stream().close();
                dials.reachable(peer.endpoint());
            });
            done.accept(proven.map(Proven::connection).then(found -> exactly(peer, found)));
        });
    }

    private static Verdict<ConnectionInfo> exactly(RemotePeer peer, ConnectionInfo found) {
        return peer.pkiId() == null || peer.pkiId().equals(found.pkiId())
                ? Verdict.accepted(found)
                : Verdict.rejected("unexpected-peer", "expected " + peer + ", found " + found);
    }

    @Override
    public void close(PkiId peer, String reason) {
        LOG.debug("closing the link to {}: {}", peer, reason);
        links.close(peer, reason);
    }

    @Override
    public Optional<ConnectionInfo> connection(PkiId peer) {
        return links.get(peer).map(Link::remote);
    }

    @Override
    public void onMessage(Consumer<ReceivedMessage> receiver) {
        reception.onMessage(receiver);
    }

    @Override
    public void onPresumedDead(Consumer<PkiId> listener) {
        presumedDead.add(listener);
    }

    @Override
    public void onRefused(Consumer<PkiId> listener) {
        refused.add(listener);
    }

    @Override
    public void onIdentitySwitch(Consumer<PkiId> listener) {
        identitySwitch.add(listener);
    }

    @Override
    public ByteString tlsCertificateHash() {
        return transport.tlsCertificateHash();
    }

    private void established(Proven proven) {
        OutboundQueue queue = new OutboundQueue(config, counters);
        dials.linked(proven.connection().pkiId()).ifPresent(waiting -> waiting.moveTo(queue));
        admit(proven, null, queue);
    }

    private void admit(Proven proven, @Nullable Dial dial, OutboundQueue queue) {
        if (stopped) {
            proven.stream().abort("stopped");
            queue.drop("stopped");
            return;
        }
        LOG.debug("linked with {}, {}", proven.connection(), dial == null ? "which dialled us" : "which we dialled");
        Intake intake = new Intake(proven.stream(), config, receiveBudget);
        links.admit(new Link(proven, dial, scheduler.nanoTime(), queue, intake, counters, linkOwner));
    }

    private void answer(Link link, Outgoing outgoing) {
        if (link.isEnded() || stopped) {
            counters.dropped(outgoing, "link-ended");
        } else {
            links.get(link.pkiId()).orElse(link).send(outgoing);
        }
    }

    private void presumeDead(PkiId pkiId) {
        presumedDead.forEach(listener -> listener.accept(pkiId));
    }

    private final class DialEvents implements DialTable.Owner {
        @Override
        public void connected(Dial dial, Proven proven) {
            PkiId expected = dial.peer().pkiId();
            OutboundQueue queue = new OutboundQueue(config, counters);
            dial.waiting().moveTo(queue);
            admit(proven, dial, queue);
            if (expected != null && !expected.equals(proven.connection().pkiId())) {
                LOG.info("{} answers in place of {}", proven.connection(), expected);
                identitySwitch.forEach(listener -> listener.accept(expected));
            }
        }

        @Override
        public void failed(Dial dial, Rejection why) {
            LOG.debug("cannot reach {}: {}", dial.peer(), why);
            PkiId pkiId = dial.peer().pkiId();
            if (pkiId != null && why.reason().equals(Transport.REFUSED)) {
                refused.forEach(listener -> listener.accept(pkiId));
            }
            if (pkiId != null) {
                presumeDead(pkiId);
            }
        }
    }

    private final class LinkEvents implements Link.Owner {
        @Override
        public void received(Link link, SignedGossipMessage message) {
            reception.receive(link, message);
        }

        @Override
        public void malformed(Link link, String detail) {
            rejections.report(link.remote(), new Rejection("malformed-envelope", detail));
            links.ended(link);
        }

        @Override
        public void ended(Link link, StreamEnd end) {
            LOG.debug("the link to {} has ended: {}", link.remote(), end.detail());
            if (!links.ended(link)) {
                return;
            }
            if (retries(link, end)) {
                return;
            }
            boolean unsent = !link.queue().isEmpty();
            link.queue().drop("link-ended");
            if (unsent && !end.clean()) {
                presumeDead(link.pkiId());
            }
        }

        private boolean retries(Link link, StreamEnd end) {
            Dial dial = link.dial();
            if (dial == null || scheduler.nanoTime() - link.since() > QUICK_END.toNanos()) {
                return false;
            }
            if (!end.clean()) {
                dials.refused(dial);
            }
            return end.clean() && dials.retry(dial, link.queue());
        }
    }
}
