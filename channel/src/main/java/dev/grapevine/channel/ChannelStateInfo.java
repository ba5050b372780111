package dev.grapevine.channel;

import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.channel.push.Outgoing;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.StateInfoDigest;
import dev.grapevine.proto.time.PeriodicTasks;
import java.util.Optional;
import java.util.function.Consumer;

/** The state info of one channel: ours is published, that of others taken, asked for, told to those who ask, and swept. */
final class ChannelStateInfo {
    private final GossipPorts ports;
    private final GossipConfig config;
    private final StateInfoCache cache;
    private final StateInfoSpread spread;
    private final StateInfoPublisher own;
    private final StateInfoIntake intake;
    private final StateInfoExchange exchange;
    private final EarlyStateInfo early;
    private final PeriodicTasks periodic;

    ChannelStateInfo(
            GossipPorts ports,
            GossipConfig config,
            ChannelId channel,
            ChannelView view,
            StateInfoCache cache,
            long incarnation,
            Verifications verifications,
            Consumer<Outgoing> push) {
        this.ports = ports;
        this.config = config;
        this.cache = cache;
        spread = new StateInfoSpread(ports, view, cache, push);
        own = new StateInfoPublisher(ports, channel, incarnation, spread::publish);
        intake = new StateInfoIntake(ports, channel, view, cache, verifications);
        exchange = new StateInfoExchange(ports, config, channel, view, cache, intake, spread);
        early = new EarlyStateInfo(
                ports.scheduler(),
                config.requestStateInfoInterval(),
                view::lacksStateInfo,
                () -> view.isNew() || !ports.membership().isCalm(),
                this::exchangeNow);
        periodic = new PeriodicTasks(ports.scheduler());
    }

    void start() {
        periodic.every(config.publishStateInfoInterval(), own::tick);
        periodic.every(config.requestStateInfoInterval(), exchange::request);
        periodic.every(config.stateInfoSweepInterval(), intake::forgetStrangers);
    }

    void stop() {
        periodic.stop();
        early.stop();
    }

    private void exchangeNow() {
        own.tick();
        exchange.requestMissing();
    }

    /** Our own. */
    StateInfoPublisher own() {
        return own;
    }

    /** The newest message held of a peer, or our own. */
    Optional<SignedGossipMessage> of(PkiId peer) {
        return cache.message(peer);
    }

    /** Told of every living peer whose newer state info came in, or that is far ahead of us by its own word. */
    void tell(Consumer<ChannelPeer> listener) {
        intake.tell(listener);
    }

    /** Takes a peer's own word for its height; see {@link StateInfoIntake#heard}. */
    void heard(PkiId peer, long height, boolean far) {
        intake.heard(peer, height, far);
    }

    /** Whatever is missing of the members' state info is asked for soon. */
    void look() {
        early.look();
    }

    /** To be told when organisations or policies changed. */
    void judgeAgain() {
        intake.judgeAgain();
    }

    /** Takes the state info of a peer, well-formed or not. */
    void take(ReceivedMessage received) {
        SignedGossipMessage message = received.message();
        String fault = MessageForm.faultOfStateInfo(message, config.limits().chaincodes());
        if (fault != null) {
            ports.reject(received.sender(), "malformed-state-info", fault);
            return;
        }
        boolean forAll = spread.isForAll(message);
        Runnable release = received.hold();
        intake.take(message, received.sender(), added -> {
            if (added && forAll) {
                spread.passOn(message, received.sender().pkiId());
            }
            release.run();
        });
    }

    void takeSnapshot(ReceivedMessage received) {
        exchange.take(received);
    }

    void answer(ReceivedMessage request) {
        exchange.answer(request);
    }

    void answer(StateInfoDigest digest, ReceivedMessage request) {
        exchange.answer(digest, request);
    }
}
