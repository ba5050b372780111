package dev.grapevine.simulation.run;

import dev.grapevine.comm.memory.Traffic;
import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import dev.grapevine.simulation.fabric.FabricNetwork;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each peer has sent in a time, for peers that ran all the while.
 *
 * @param bytes sent, of each honest peer that is running, by address
 * @param frames sent by all of them
 * @param blockBytes of the bytes, in frames that carry blocks, sent by all of them
 * @param events that any of the peers has handled
 */
record Load(Map<String, Long> bytes, long frames, long blockBytes, long events) {
    /** What the running peers have sent since they were started. */
    static Load now(SimulatedNetwork network) {
        Map<String, Long> bytes = new TreeMap<>();
        long frames = 0;
        long blockBytes = 0;
        for (SimulatedPeer peer : network.running()) {
            Traffic traffic = peer.traffic();
            if (peer.isByzantine()) {
                continue;
            }
            bytes.put(peer.address(), traffic.bytes());
            frames += traffic.frames();
            blockBytes += traffic.blockBytes();
        }
        return new Load(bytes, frames, blockBytes, network.events());
    }

    /** As the other, of the model of a Fabric network. */
    static Load now(FabricNetwork network) {
        Map<String, Long> bytes = new TreeMap<>();
        for (int peer = 0; peer < network.size(); peer++) {
            if (network.isRunning(peer)) {
                bytes.put("peer" + peer, network.sentBytes(peer));
            }
        }
        return new Load(bytes, network.sentFrames(), network.sentBlockBytes(), network.events());
    }

    long totalBytes() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Bytes that each peer has sent since; from nothing if it was started anew. */
    long[] perPeer(Load before) {
        return bytes.entrySet().stream()
                .mapToLong(entry -> {
                    long sent = entry.getValue() - before.bytes.getOrDefault(entry.getKey(), 0L);
                    return sent < 0 ? entry.getValue() : sent;
                })
                .sorted()
                .toArray();
    }
}
