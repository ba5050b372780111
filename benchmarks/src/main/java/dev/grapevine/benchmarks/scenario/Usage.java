package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.Load;

/** What a network used from a moment on: time, processor, bytes and messages. */
final class Usage {
    private final ScenarioNetwork network;
    private final Load load = new Load();
    private final long bytesBefore;
    private final long messagesBefore;

    /**
     * What was used in so many seconds.
     *
     * @param bytes written to TCP by all peers
     * @param messages envelopes sent by all peers
     */
    record Sum(
            double seconds,
            double cpuSeconds,
            double otherCpuSeconds,
            double stolenSeconds,
            long bytes,
            long messages) {
        /** What would have been used anyway in that time, at the rates of another window, is taken off. */
        Sum minus(Sum idle) {
            double share = seconds / idle.seconds;
            return new Sum(
                    seconds,
                    cpuSeconds - idle.cpuSeconds * share,
                    otherCpuSeconds,
                    stolenSeconds,
                    (long) (bytes - idle.bytes * share),
                    (long) (messages - idle.messages * share));
        }
    }

    Usage(ScenarioNetwork network) {
        this.network = network;
        this.bytesBefore = network.bytesWritten();
        this.messagesBefore = network.messagesSent();
    }

    Sum sum() {
        return new Sum(
                load.seconds(),
                load.ownSeconds(),
                load.otherSeconds(),
                load.stolenSeconds(),
                network.bytesWritten() - bytesBefore,
                network.messagesSent() - messagesBefore);
    }
}
