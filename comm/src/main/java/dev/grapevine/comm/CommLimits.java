package dev.grapevine.comm;

/**
 * How much memory other peers can make us spend. Fabric has no such bounds; the keys are ours.
 *
 * @param handshakeBytes that a stream may bring before its peer is authenticated (64 KiB: an identity of the largest size
 *     the identity store looks at would fill it)
 * @param halfOpen inbound streams in the handshake at once; more are refused
 * @param halfOpenPerAddress of them, from one remote host
 * @param controlLaneBytes that wait in the control lane of one link
 * @param bulkLaneBytes that wait in the bulk lane of one link; one message may exceed it
 * @param linkReceiveBytes in work from one link before no more is read from it
 * @param nodeReceiveBytes in work from all links before no more is read from any
 * @param dials peers being dialled, or remembered as unreachable, at once
 * @param pendingAcknowledged sends that wait for acknowledgements at once
 */
public record CommLimits(
        int handshakeBytes,
        int halfOpen,
        int halfOpenPerAddress,
        int controlLaneBytes,
        int bulkLaneBytes,
        long linkReceiveBytes,
        long nodeReceiveBytes,
        int dials,
        int pendingAcknowledged) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int SMALLEST_HANDSHAKE = 4 * KIB;

    /** @throws IllegalArgumentException naming the key that is wrong */
    public CommLimits {
        Check.atLeast("grapevine.comm.handshakeBytes", handshakeBytes, SMALLEST_HANDSHAKE);
        Check.positive("grapevine.comm.halfOpen", halfOpen);
        Check.positive("grapevine.comm.halfOpenPerAddress", halfOpenPerAddress);
        Check.atLeast("grapevine.comm.controlLaneBytes", controlLaneBytes, SMALLEST_HANDSHAKE);
        Check.atLeast("grapevine.comm.bulkLaneBytes", bulkLaneBytes, SMALLEST_HANDSHAKE);
        Check.positive("grapevine.comm.linkReceiveBytes", linkReceiveBytes);
        Check.atLeast("grapevine.comm.nodeReceiveBytes", nodeReceiveBytes, linkReceiveBytes);
        Check.positive("grapevine.comm.dials", dials);
        Check.positive("grapevine.comm.pendingAcknowledged", pendingAcknowledged);
    }

    public static CommLimits defaults() {
        return new CommLimits(64 * KIB, 128, 48, 4 * MIB, 32 * MIB, 16 * MIB, 256 * MIB, 10_000, 10_000);
    }

    public CommLimits withReceiveBytes(long perLink, long perNode) {
        return new CommLimits(
                handshakeBytes,
                halfOpen,
                halfOpenPerAddress,
                controlLaneBytes,
                bulkLaneBytes,
                perLink,
                perNode,
                dials,
                pendingAcknowledged);
    }
}
