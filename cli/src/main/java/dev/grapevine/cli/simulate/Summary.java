package dev.grapevine.cli.simulate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grapevine.cli.Json;
import dev.grapevine.simulation.run.Outcome;
import dev.grapevine.simulation.run.Percentiles;
import java.time.Duration;
import java.util.Locale;

/** An outcome as the command prints it. */
record Summary(Outcome outcome, Duration real) {
    private static final double MILLIS = 1e3;
    private static final double KILO = 1e3;

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("scenario", outcome.scenario())
                .put("peers", outcome.peers())
                .put("seed", outcome.seed())
                .put("baseline", outcome.baseline().toString())
                .put("blocks", outcome.blocks())
                .put("last_peer_ms_p50", round(outcome.lastPeer().p50()))
                .put("last_peer_ms_p99", round(outcome.lastPeer().p99()))
                .put("last_peer_ms_max", round(outcome.lastPeer().max()));
        json.set("commit_ms", json(outcome.deliver()));
        json.put("amplification", rounded(outcome.amplification()))
                .put("amplification_all_bytes", rounded(outcome.totalAmplification()))
                .put("fairness", rounded(outcome.fairness()))
                .put("bytes_per_s_per_peer", round(outcome.loaded().bytes()))
                .put("msgs_per_s_per_peer", round(outcome.loaded().messages()))
                .put("events_per_s_per_peer", round(outcome.loaded().events()))
                .put("idle_bytes_per_s_per_peer", round(outcome.idle().bytes()))
                .put("idle_msgs_per_s_per_peer", round(outcome.idle().messages()))
                .put("idle_events_per_s_per_peer", round(outcome.idle().events()))
                .put("membership_s", seconds(outcome.joined()));
        json.set("detect_ms", json(outcome.detection()));
        json.put("false_alarms", outcome.falseAlarms()).put("falsely_doubted_peers", outcome.doubted());
        json.put("byzantine_refused", outcome.blamed());
        json.set("recovery_ms", json(outcome.recovery()));
        json.set("violations", violations());
        return json.put("simulated_s", seconds(outcome.simulated()))
                .put("real_s", seconds(real))
                .put("trace_hash", outcome.traceHash());
    }

    private ArrayNode violations() {
        ArrayNode list = Json.object().putArray("violations");
        outcome.violations().forEach(list::add);
        return list;
    }

    private static ObjectNode json(Percentiles times) {
        return Json.object()
                .put("n", times.count())
                .put("p50", round(times.p50()))
                .put("p90", round(times.p90()))
                .put("p99", round(times.p99()))
                .put("max", round(times.max()))
                .put("mean", round(times.mean()));
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static double rounded(double value) {
        return Math.round(value * MILLIS) / MILLIS;
    }

    private static double seconds(Duration time) {
        return Math.round(time.toMillis() / 100.0) / 10.0;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "scenario",
                "%s, %d peers, seed %d%s",
                outcome.scenario(),
                outcome.peers(),
                outcome.seed(),
                switch (outcome.baseline()) {
                    case NONE -> "";
                    case FABRIC -> ", all plain Fabric peers";
                    case FABRIC_MODEL -> ", all modelled Fabric peers";
                });
        line(
                text,
                "time",
                "%.1f s simulated in %.1f s; all knew each other after %.1f s",
                seconds(outcome.simulated()),
                seconds(real),
                seconds(outcome.joined()));
        line(text, "blocks", "%d ordered", outcome.blocks());
        line(text, "durable at each peer", "%s", times(outcome.deliver()));
        line(text, "at the last peer", "%s", times(outcome.lastPeer()));
        line(
                text,
                "amplification",
                "%.3f of block bytes, %.3f of all bytes",
                outcome.amplification(),
                outcome.totalAmplification());
        line(text, "each peer sends", "%s; idle %s", rate(outcome.loaded()), rate(outcome.idle()));
        line(text, "fairness", "the busiest peer sends %.2f times the mean", outcome.fairness());
        if (outcome.detection().count() > 0) {
            line(text, "taken for dead", "%s", times(outcome.detection()));
        }
        line(text, "false alarms", "%d, about %d peers", outcome.falseAlarms(), outcome.doubted());
        if (outcome.recovery().count() > 0) {
            line(text, "caught up", "%s after the fault", times(outcome.recovery()));
        }
        if (outcome.blamed() > 0) {
            line(text, "Byzantine peers", "refused %d times", outcome.blamed());
        }
        outcome.violations().forEach(violation -> line(text, "VIOLATION", "%s", violation));
        line(text, "trace", "%s", outcome.traceHash());
        return text.toString().stripTrailing();
    }

    private static String rate(Outcome.Rate rate) {
        return String.format(
                Locale.ROOT,
                "%.1f KB/s, %.1f messages/s (%.0f events/s)",
                rate.bytes() / KILO,
                rate.messages(),
                rate.events());
    }

    private static String times(Percentiles times) {
        return String.format(
                Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, max %.1f ms", times.p50(), times.p99(), times.max());
    }

    private static void line(StringBuilder text, String what, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-22s", what))
                .append(String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
