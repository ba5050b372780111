package dev.grapevine.channel.pull;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.flow.RateLimit;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.time.Scheduler;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.gossip.DataRequest;
import org.hyperledger.fabric.protos.gossip.Envelope;

/**
 * The answering side: a digest for a hello, an update for one request that follows in time. Unlike in Fabric a nonce is
 * good only for the peer that sent it, and only once.
 */
final class PullResponder {
    private static final int MAX_OPEN = 10_000;

    private final Scheduler scheduler;
    private final PullConfig config;
    private final PullFrames frames;
    private final PullItems items;
    private final RejectionLog rejections;
    private final RateLimit hellos;
    private final Map<Exchange, Long> openUntil = new LinkedHashMap<>();

    private record Exchange(PkiId peer, long nonce) {}

    PullResponder(Scheduler scheduler, PullConfig config, PullFrames frames, PullItems items, RejectionLog rejections) {
        this.scheduler = scheduler;
        this.config = config;
        this.frames = frames;
        this.items = items;
        this.rejections = rejections;
        this.hellos = new RateLimit(scheduler, config.hellosPerSecond(), config.helloBurst(), MAX_OPEN);
    }

    void onHello(ReceivedMessage received) {
        PkiId peer = received.sender().pkiId();
        if (!hellos.allows(peer)) {
            rejections.report(peer, new Rejection("too-many-hellos", "more than " + config.hellosPerSecond() + "/s"));
            return;
        }
        List<ByteString> offer = items.offer(peer);
        if (offer.isEmpty()) {
            return;
        }
        long nonce = received.message().message().getHello().getNonce();
        open(new Exchange(peer, nonce));
        received.respond(frames.digest(nonce, offer.subList(0, Math.min(offer.size(), config.maxItems()))));
    }

    void onRequest(ReceivedMessage received) {
        PkiId peer = received.sender().pkiId();
        DataRequest request = received.message().message().getDataReq();
        Long until = openUntil.remove(new Exchange(peer, request.getNonce()));
        if (until == null || scheduler.nanoTime() > until) {
            rejections.report(
                    peer, new Rejection("unknown-pull-nonce", "a request that follows no digest of ours in time"));
            return;
        }
        List<Envelope> found = find(request, peer);
        if (!found.isEmpty()) {
            received.respond(frames.update(request.getNonce(), found));
        }
    }

    private List<Envelope> find(DataRequest request, PkiId peer) {
        Set<ByteString> ids = new LinkedHashSet<>();
        request.getDigestsList().stream().limit(config.maxItems()).forEach(ids::add);
        List<Envelope> found = new ArrayList<>();
        long room = config.maxUpdateBytes();
        for (ByteString id : ids) {
            Envelope item = items.item(id, peer).orElse(null);
            if (item != null && (found.isEmpty() || item.getSerializedSize() <= room)) {
                room -= item.getSerializedSize();
                found.add(item);
            }
        }
        return found;
    }

    private void open(Exchange exchange) {
        long now = scheduler.nanoTime();
        Iterator<Long> oldestFirst = openUntil.values().iterator();
        while (oldestFirst.hasNext()) {
            boolean over = oldestFirst.next() < now || openUntil.size() >= MAX_OPEN;
            if (!over) {
                break;
            }
            oldestFirst.remove();
        }
        openUntil.remove(exchange);
        openUntil.put(exchange, now + config.requestWait().toNanos());
    }
}
