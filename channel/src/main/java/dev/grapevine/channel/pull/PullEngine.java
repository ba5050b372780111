package dev.grapevine.channel.pull;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.flow.PeerSelection;
import dev.grapevine.comm.Comm;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.DataDigest;
import org.hyperledger.fabric.protos.gossip.DataUpdate;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what we lack and gives what others lack (Fabric's pull algorithm, with its timing): a hello to a few random
 * partners, their digests gathered for a while, each wanted item asked of one random peer that offers it, the items taken
 * for a while. Differences to Fabric: no waiting once every partner has answered, nonces are bound to peers, only what was
 * asked for is taken, and a bad item costs itself instead of the whole update.
 */
public final class PullEngine {
    private final Scheduler scheduler;
    private final Comm comm;
    private final PullConfig config;
    private final PullFrames frames;
    private final PullItems items;
    private final RejectionLog rejections;
    private final Consumer<String> useless;
    private final PullResponder responder;
    private final AskedLately asked = new AskedLately();
    private @Nullable PullRound round;
    private Scheduler.@Nullable Timer rounds;
    private Scheduler.@Nullable Timer phase;

    /** @param useless counts, by reason, what is of no use though nobody is to blame */
    public PullEngine(
            Scheduler scheduler,
            Comm comm,
            PullConfig config,
            PullFrames frames,
            PullItems items,
            RejectionLog rejections,
            Consumer<String> useless) {
        this.scheduler = scheduler;
        this.comm = comm;
        this.config = config;
        this.frames = frames;
        this.items = items;
        this.rejections = rejections;
        this.useless = useless;
        this.responder = new PullResponder(scheduler, config, frames, items, rejections);
    }

    /** Begins rounds, the first after one interval. */
    public void start() {
        if (rounds == null) {
            rounds = scheduler.every(config.interval(), this::begin);
        }
    }

    /** Begins no more rounds and ends the one under way; requests are still answered. */
    public void stop() {
        if (rounds != null) {
            rounds.cancel();
            rounds = null;
        }
        end();
    }

    /** Handles a hello, digest, request or update whose sender is allowed to take part. */
    public void handle(ReceivedMessage received) {
        switch (received.message().type()) {
            case HELLO -> responder.onHello(received);
            case DATA_REQ -> responder.onRequest(received);
            case DATA_DIG -> onDigest(received);
            case DATA_UPDATE -> onUpdate(received);
            default -> throw new IllegalArgumentException("no pull message: " + received.message());
        }
    }

    private void begin() {
        end();
        List<RemotePeer> partners =
                PeerSelection.pick(items.partners(), config.peers(), partner -> true, scheduler.random());
        if (partners.isEmpty()) {
            return;
        }
        PullRound fresh = new PullRound();
        round = fresh;
        phase = scheduler.schedule(config.digestWait(), () -> request(fresh));
        for (RemotePeer partner : partners) {
            PkiId pkiId = partner.pkiId();
            if (pkiId != null) {
                long nonce = fresh.ask(partner, pkiId, scheduler.random()).nonce();
                asked.add(pkiId, nonce);
                comm.send(frames.hello(nonce), partner);
            }
        }
    }

    private void request(PullRound current) {
        stopWaiting();
        List<PullRound.Asked> sources = current.chooseSources(scheduler.random());
        if (!sources.isEmpty()) {
            phase = scheduler.schedule(config.responseWait(), this::end);
        }
        for (PullRound.Asked source : sources) {
            comm.send(frames.request(source.nonce(), source.items()), source.peer());
        }
    }

    private void stopWaiting() {
        if (phase != null) {
            phase.cancel();
            phase = null;
        }
    }

    private void end() {
        round = null;
        stopWaiting();
    }

    private void onDigest(ReceivedMessage received) {
        DataDigest digest = received.message().message().getDataDig();
        PullRound current = round;
        PullRound.Asked partner =
                current == null ? null : current.partner(received.sender().pkiId(), digest.getNonce());
        if (current == null || partner == null || current.isRequesting()) {
            lateOr(received, digest.getNonce(), "digest", "a digest that answers no hello of ours");
            return;
        }
        digest.getDigestsList().stream()
                .limit(config.maxItems())
                .filter(items::isWanted)
                .forEach(id -> current.offered(partner, id));
        current.answered(partner);
        if (current.haveAllAnswered()) {
            request(current);
        }
    }

    private void onUpdate(ReceivedMessage received) {
        DataUpdate update = received.message().message().getDataUpdate();
        PullRound current = round;
        PullRound.Asked partner =
                current == null ? null : current.partner(received.sender().pkiId(), update.getNonce());
        if (current == null || partner == null || !current.isRequesting()) {
            lateOr(received, update.getNonce(), "update", "items that nobody asked for");
            return;
        }
        List<SignedGossipMessage> asked = new ArrayList<>();
        for (Envelope envelope : update.getDataList().subList(0, Math.min(update.getDataCount(), config.maxItems()))) {
            SignedGossipMessage item = parse(envelope, received);
            if (item != null && isClaimed(item, current, partner, received)) {
                asked.add(item);
            }
        }
        if (!asked.isEmpty()) {
            items.take(asked, received);
        }
    }

    /** Under load an honest partner may answer when its round has gone on, or ended: that is counted, but no refusal. */
    private void lateOr(ReceivedMessage received, long nonce, String what, String detail) {
        PkiId sender = received.sender().pkiId();
        if (asked.contains(sender, nonce)) {
            useless.accept("late-" + what);
        } else {
            refuse(received, "unexpected-" + what, detail);
        }
    }

    private @Nullable SignedGossipMessage parse(Envelope envelope, ReceivedMessage received) {
        try {
            return items.parse(envelope);
        } catch (MalformedMessageException e) {
            refuse(received, "malformed-item", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private boolean isClaimed(
            SignedGossipMessage item, PullRound current, PullRound.Asked partner, ReceivedMessage received) {
        ByteString id = items.idOf(item).orElse(null);
        if (id != null && current.claims(partner, id)) {
            return true;
        }
        refuse(received, "unrequested-item", "an item of an update that was not asked of its sender");
        return false;
    }

    private void refuse(ReceivedMessage received, String reason, String detail) {
        rejections.report(received.sender(), new Rejection(reason, detail));
    }
}
