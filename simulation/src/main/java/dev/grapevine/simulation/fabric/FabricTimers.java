package dev.grapevine.simulation.fabric;

/** Fabric's periods and waits, in nanoseconds, with the keys of {@code core.yaml} they have below {@code peer.gossip}. */
final class FabricTimers {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /** {@code aliveTimeInterval}. */
    static final long HEARTBEAT = 5 * SECOND;

    /** {@code aliveExpirationTimeout}. */
    static final long ALIVE_EXPIRATION = 25 * SECOND;

    /** How often silence is looked for: a tenth of the expiration. */
    static final long EXPIRATION_CHECK = ALIVE_EXPIRATION / 10;

    /** {@code reconnectInterval}. */
    static final long RECONNECT = 25 * SECOND;

    /** How long a peer that has asked an anchor peer for everybody it knows waits before it will ask again later. */
    static final long CONNECT_RESPONSE = 5 * SECOND;

    /** {@code pullInterval}: membership, identities and blocks are asked for so often. */
    static final long PULL = 4 * SECOND;

    /** {@code publishStateInfoInterval}. */
    static final long PUBLISH_STATE_INFO = 4 * SECOND;

    /** {@code requestStateInfoInterval}. */
    static final long REQUEST_STATE_INFO = 4 * SECOND;

    /** {@code publishCertPeriod}: so long after its start a peer's alive messages carry its identity. */
    static final long PUBLISH_IDENTITY = 10 * SECOND;

    /** {@code maxPropagationBurstLatency}. */
    static final long BURST_LATENCY = 10 * MILLI;

    /** {@code digestWaitTime}. */
    static final long DIGEST_WAIT = SECOND;

    /** {@code requestWaitTime}. */
    static final long REQUEST_WAIT = 1_500 * MILLI;

    /** {@code dialTimeout}: a peer that cannot be dialled for so long is presumed dead. */
    static final long DIAL = 3 * SECOND;

    /** {@code state.checkInterval}. */
    static final long ANTI_ENTROPY = 10 * SECOND;

    /** {@code state.responseTimeout}. */
    static final long STATE_RESPONSE = 3 * SECOND;

    /** {@code election.membershipSampleInterval}. */
    static final long ELECTION_SAMPLE = SECOND;

    /** {@code election.startupGracePeriod}. */
    static final long ELECTION_GRACE = 15 * SECOND;

    /** {@code election.leaderAliveThreshold}. */
    static final long LEADER_ALIVE = 10 * SECOND;

    /** {@code election.leaderElectionDuration}. */
    static final long ELECTION = 5 * SECOND;

    private FabricTimers() {}
}
