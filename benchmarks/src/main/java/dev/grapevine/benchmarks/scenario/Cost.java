package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.Figures;
import java.util.List;

/** What spreading blocks cost. */
final class Cost {
    private static final double MILLIS = 1e3;

    private Cost() {}

    /**
     * Amplification is bytes on the wire over the bytes that had to come to everybody but the source once.
     *
     * @param idle what the same network used in a while without blocks
     * @param sizes of the blocks, serialised
     */
    static Figures of(Usage.Sum used, Usage.Sum idle, List<Integer> sizes, int peers) {
        Usage.Sum extra = used.minus(idle);
        double needed = sizes.stream().mapToDouble(Integer::doubleValue).sum() * (peers - 1);
        int count = sizes.size();
        return new Figures()
                .with("amplification", used.bytes() / needed)
                .with("amplification_minus_idle", extra.bytes() / needed)
                .with("bytes_per_peer_per_block", (double) used.bytes() / peers / count)
                .with("bytes_per_s_per_peer", used.bytes() / used.seconds() / peers)
                .with("msgs_per_s_per_peer", used.messages() / used.seconds() / peers)
                .with("cpu_s_per_block", used.cpuSeconds() / count)
                .with("cpu_s_per_block_minus_idle", extra.cpuSeconds() / count)
                .with("cpu_ms_per_block_per_peer_minus_idle", extra.cpuSeconds() * MILLIS / count / peers);
    }
}
