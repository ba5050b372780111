package dev.grapevine.comm;

import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Inbound streams whose peers have not proven yet who they are: bounded in number, in all and for each remote host, so that
 * strangers can take neither memory nor places from peers.
 */
final class HalfOpenStreams {
    private final CommLimits limits;
    private final Handshake.Terms terms;
    private final RejectionLog rejections;
    private final Consumer<Proven> established;
    private final Map<String, Integer> perHost = new HashMap<>();
    private int all;

    /** @param established takes over every stream whose peer wants a link */
    HalfOpenStreams(CommLimits limits, Handshake.Terms terms, RejectionLog rejections, Consumer<Proven> established) {
        this.limits = limits;
        this.terms = terms;
        this.rejections = rejections;
        this.established = established;
    }

    void accept(FrameStream stream) {
        String host = hostOf(stream.remoteAddress());
        if (all >= limits.halfOpen() || perHost.getOrDefault(host, 0) >= limits.halfOpenPerAddress()) {
            reject(stream, Verdict.rejected("too-many-half-open", all + " streams are in the handshake"));
            stream.abort("too many streams in the handshake");
            return;
        }
        all++;
        perHost.merge(host, 1, Integer::sum);
        Handshake.begin(terms, stream, false, verdict -> {
            all--;
            perHost.computeIfPresent(host, (unused, count) -> count == 1 ? null : count - 1);
            settle(stream, verdict);
        });
    }

    private void settle(FrameStream stream, Verdict<Proven> verdict) {
        if (!verdict.isAccepted()) {
            reject(stream, verdict);
        } else if (verdict.value().probe()) {
            stream.close();
        } else {
            established.accept(verdict.value());
        }
    }

    private void reject(FrameStream stream, Verdict<Proven> verdict) {
        rejections.report(stream.remoteAddress(), verdict.rejection());
    }

    private static String hostOf(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }
}
