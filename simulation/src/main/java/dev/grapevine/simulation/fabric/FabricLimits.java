package dev.grapevine.simulation.fabric;

/** Fabric's numbers, with the keys of {@code core.yaml} they have below {@code peer.gossip}. */
final class FabricLimits {
    /** {@code propagatePeerNum}: to so many peers a message is pushed. */
    static final int PUSHED_TO = 3;

    /** {@code pullPeerNum}: so many peers are asked at a time. */
    static final int ASKED = 3;

    /** {@code maxPropagationBurstSize}: so many messages do not wait for the emitter's next round. */
    static final int BURST = 10;

    /** {@code maxBlockCountToStore}: blocks further behind the newest are thrown away. */
    static final int STORED_BLOCKS = 10;

    /** {@code state.blockBufferSize}: blocks further ahead of the ledger are refused. */
    static final int BUFFERED_BLOCKS = 20;

    /** {@code state.batchSize}: a request for state is for so many blocks and one. */
    static final int STATE_BATCH = 10;

    /** {@code state.maxRetries}, after the first try. */
    static final int STATE_RETRIES = 3;

    private FabricLimits() {}
}
