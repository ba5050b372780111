package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.discovery.liveness.Swim;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.time.PeriodicTasks;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fabric's discovery: finds the other peers, tells them that we are alive, and notices who no longer is. On the loop only;
 * nothing is sent before {@link #start}.
 */
public final class Discovery implements Membership {
    private static final int SWEEPS_PER_MEMORY = 100;

    /** How often the identities of the living are marked as used; some times in the hour after which they would go. */
    private static final Duration IDENTITY_USE = Duration.ofMinutes(15);

    private final DiscoveryConfig config;
    private final DiscoveryPorts ports;
    private final RejectionLog rejections;
    private final Scheduler scheduler;
    private final ListenerList listeners = new ListenerList();
    private final OwnAlive own;
    private final MembershipTable table;
    private final Swim swim;
    private final AliveSpread spread;
    private final FailureWatch failures;
    private final DisclosurePolicy disclosure;
    private final MembershipRequests requests;
    private final MembershipDigests digests;
    private final AliveIntake intake;
    private final RequestAnswerer answerer;
    private final ResponseReader reader;
    private final Connector connector;
    private final Reconnector reconnector;
    private final SnapshotKeeper snapshots;
    private final AliveVerifier verifier;
    private final PeriodicTasks periodic;
    private boolean running;

    /** Reads the last incarnation and saves the one it will use. */
    public Discovery(DiscoveryConfig config, DiscoveryPorts ports) {
        this.config = config;
        this.ports = ports;
        this.rejections = ports.rejections();
        this.scheduler = ports.scheduler();
        this.periodic = new PeriodicTasks(scheduler);
        this.own = new OwnAlive(config, scheduler, ports.self(), ports.incarnations());
        this.table = new MembershipTable(scheduler, ports.meters(), listeners);
        this.disclosure = new DisclosurePolicy(ports.self().mspId(), ports.identities());
        LivenessAdapter adapter = new LivenessAdapter(ports, own, table, disclosure);
        this.swim = new Swim(config.detection().swim(), own.pkiId(), scheduler, ports.meters(), adapter);
        this.spread = new AliveSpread(config, ports.gossiper(), table, swim);
        this.failures = new FailureWatch(config, ports, table, swim);
        listeners.add(new RingKeeper(config.extensions(), swim));
        this.requests = new MembershipRequests(ports.comm(), own, disclosure);
        this.digests = new MembershipDigests(ports, this, own, table, disclosure);
        AliveAdmission admission = new AliveAdmission(own, table, failures);
        this.verifier = new AliveVerifier(ports, swim::isSuspected);
        this.intake = new AliveIntake(ports, table, admission, verifier, spread);
        adapter.connect(intake, failures);
        this.answerer = new RequestAnswerer(ports, own, table, admission, verifier, disclosure, spread, digests, swim);
        this.reconnector = new Reconnector(config, ports, table, requests, spread, swim);
        this.reader = new ResponseReader(
                ports, admission, verifier, intake::isBeingChecked, reconnector::contradicted, digests::askForMore);
        this.connector = new Connector(config, ports, own, requests);
        this.snapshots = new SnapshotKeeper(ports, table, own);
    }

    /** Loads the remembered peers, tries to reach them and the bootstrap peers, and begins to beat. */
    public void start() {
        running = true;
        ports.comm().onRefused(failures::refused);
        ports.comm().onPresumedDead(failures::unreachable);
        ports.comm().onIdentitySwitch(this::purge);
        snapshots.load();
        reconnector.round();
        connector.connectToBootstrap();
        if (config.extensions()) {
            swim.start(config.probes());
        }
        periodic.every(config.aliveTimeInterval(), this::heartbeat);
        periodic.every(config.pullInterval(), this::sync);
        periodic.every(IDENTITY_USE, this::useIdentities);
        periodic.every(config.expirationCheckInterval(), failures::check);
        periodic.every(config.reconnectInterval(), reconnector::round);
        periodic.every(config.memory().dividedBy(SWEEPS_PER_MEMORY), this::sweep);
    }

    /** Says farewell to those who understand it, and falls silent; plain Fabric peers have no word for leaving. */
    public void stop() {
        if (running) {
            swim.stop();
            running = false;
            periodic.stop();
            connector.stop();
            snapshots.stop();
        }
    }

    /** Takes one message of an established link; of those that are not about membership nothing is understood here. */
    public void handle(ReceivedMessage received) {
        if (!running) {
            return;
        }
        switch (received.message().type()) {
            case ALIVE_MSG -> handleAlive(received);
            case MEM_REQ -> answerer.receive(received);
            case MEM_RES -> {
                connector.answered(received.message().message().getNonce());
                reader.receive(received);
            }
            case EMPTY -> received.message().extension().ifPresent(extension -> handle(extension, received));
            default ->
                rejections.report(
                        received.sender(),
                        new Rejection("not-membership", received.message().type() + " is not about membership"));
        }
    }

    private void handle(Extension extension, ReceivedMessage received) {
        if (!config.extensions()) {
            rejections.report(received.sender(), new Rejection("unexpected-extension", "we do not speak them"));
        } else if (extension.hasMembershipDigest()) {
            answerer.receive(extension.getMembershipDigest(), received);
        } else {
            swim.receive(extension, received);
        }
    }

    private void handleAlive(ReceivedMessage received) {
        Verdict<Alive> alive = Alive.read(received.message());
        if (alive.isAccepted()) {
            intake.receive(alive.value(), received);
        } else {
            rejections.report(received.sender(), alive.rejection());
        }
    }

    private void heartbeat() {
        if (!table.hasAlive()) {
            return;
        }
        if (!spread.isCalm()) {
            ports.gossiper().gossip(own.next(), null);
        } else if (own.takeNews()) {
            swim.announce(own.pkiId(), own.next());
        }
    }

    private void sync() {
        if (spread.isCalm()) {
            digests.ask();
        } else {
            sync(config.pullPeerNum());
        }
    }

    /** Sends membership requests to random living peers, besides the periodic ones. */
    public void sync(int peers) {
        requests.ask(RandomChoice.of(alive(), peers, scheduler.random()));
    }

    /** Whose alive messages need no checking because there are none is in use all the same. */
    private void useIdentities() {
        alive().forEach(member -> ports.identities().get(member.pkiId(), scheduler.wallTime()));
    }

    private void sweep() {
        table.sweep(config.memory(), connector::isLandmark);
    }

    /** Replaces the anchor peers of a channel (all organisations') and connects to those that have to be. */
    public void connectToAnchors(ChannelId channel, List<AnchorPeer> anchors) {
        connector.connectToAnchors(channel, anchors);
    }

    /** The anchors of a channel that was left may be forgotten like anybody else. */
    public void removeAnchors(ChannelId channel) {
        connector.removeAnchors(channel);
    }

    /** Declares a living peer dead at once; any newer alive message of it brings it back. */
    public void suspect(PkiId pkiId) {
        if (running) {
            failures.suspect(pkiId);
        }
    }

    /**
     * Forgets a peer: its identity was removed, or another one has taken its endpoint. Whoever removes an identity also
     * closes its link.
     */
    public void purge(PkiId pkiId) {
        failures.forget(pkiId);
    }

    /**
     * Sets what other peers see as our metadata, from the next heartbeat on.
     *
     * @throws IllegalArgumentException if it is larger than 32 KiB
     */
    public void updateMetadata(ByteString metadata) {
        own.describe(metadata);
    }

    /**
     * Sets our external endpoint, from the next heartbeat on.
     *
     * @param endpoint {@code host:port}, or empty to be known in our organisation only
     * @throws IllegalArgumentException if it is neither
     */
    public void updateEndpoint(String endpoint) {
        own.moveTo(endpoint);
    }

    public void addListener(MembershipListener listener) {
        listeners.add(listener);
    }

    /** Who may see which alive message; for the emitter. */
    public DisclosurePolicy disclosure() {
        return disclosure;
    }

    /** Our own alive message as it stands. */
    public SignedGossipMessage selfAlive() {
        return own.current();
    }

    /** The last alive message of everybody who is alive, ourselves included, as it may be shown to our own organisation. */
    public List<SignedGossipMessage> aliveMessages() {
        List<SignedGossipMessage> messages = new ArrayList<>();
        for (NetworkMember member : alive()) {
            table.find(member.pkiId())
                    .ifPresent(peer -> messages.add(peer.last().message()));
        }
        messages.add(own.current());
        return messages;
    }

    @Override
    public NetworkMember self() {
        return own.member();
    }

    @Override
    public List<NetworkMember> alive() {
        return table.alive();
    }

    /** Those known and silent, in the order of their PKI-IDs. */
    public List<NetworkMember> dead() {
        return table.dead();
    }

    @Override
    public Optional<NetworkMember> lookup(PkiId pkiId) {
        return pkiId.equals(own.pkiId())
                ? Optional.of(self())
                : table.find(pkiId).map(KnownPeer::member);
    }

    /** Whether the failure of a peer is noticed by probes: within seconds, and its leave at once. */
    public boolean isProbed(NetworkMember peer) {
        return config.probes() && peer.revision() > 0;
    }

    @Override
    public boolean hasStrangers() {
        return verifier.hasStrangers();
    }

    @Override
    public boolean isCalm() {
        return spread.isCalm();
    }

    @Override
    public List<PkiId> neighbours() {
        return swim.neighbours();
    }

    @Override
    public boolean isAlive(PkiId pkiId) {
        return pkiId.equals(own.pkiId()) || table.isAlive(pkiId);
    }
}
