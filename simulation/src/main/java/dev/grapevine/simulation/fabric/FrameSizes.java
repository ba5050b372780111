package dev.grapevine.simulation.fabric;

/**
 * How many bytes frames have: those of the production classes with modelled signatures and identities, measured, so that figures
 * compare with other simulations. A Go peer's are a quarter to a third larger, as its signatures are.
 */
final class FrameSizes {
    static final int ALIVE = 170;
    static final int ALIVE_WITH_IDENTITY = 198;
    static final int MEMBERSHIP_REQUEST = 181;
    static final int STATE_INFO = 134;
    static final int STATE_INFO_PULL_REQUEST = 41;
    static final int HELLO = 30;
    static final int IDENTITY_HELLO = 19;
    static final int LEADERSHIP = 102;
    static final int STATE_REQUEST = 40;

    private static final int ANSWER = 20;
    private static final int MEMBER = 173;
    private static final int SNAPSHOT_ELEMENT = 138;
    private static final int IDENTITY_DIGEST = 34;
    private static final int IDENTITY = 136;
    private static final int BLOCK_DIGEST = 5;
    private static final int BLOCK_ENVELOPE = 176;

    private FrameSizes() {}

    static int membershipResponse(int members) {
        return ANSWER + members * MEMBER;
    }

    static int snapshot(int elements) {
        return ANSWER + elements * SNAPSHOT_ELEMENT;
    }

    /** Of a digest of identities, and of a request for some. */
    static int identityDigest(int identities) {
        return ANSWER + identities * IDENTITY_DIGEST;
    }

    static int identityUpdate(int identities) {
        return ANSWER + identities * IDENTITY;
    }

    /** Of a digest of blocks, and of a request for some. */
    static int blockDigest(int blocks) {
        return ANSWER + HELLO / 3 + blocks * BLOCK_DIGEST;
    }

    /** Of a frame that carries blocks of so many bytes. */
    static int blocks(int count, int bytes) {
        return count * (bytes + BLOCK_ENVELOPE);
    }
}
