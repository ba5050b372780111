package dev.grapevine.crypto.msp;

/** The rules an MSP follows, which a channel's capabilities choose; each version includes the ones before it. */
public enum MspVersion {
    /** Certificates, revocation lists and organizational units. */
    V1_0,
    /** Adds the NodeOU roles client and peer. */
    V1_1,
    /** Adds anonymity and combined principals. */
    V1_3,
    /** Adds the NodeOU roles admin and orderer; explicit admin certificates become optional. */
    V1_4_3,
    /** Adds Ed25519 keys. */
    V3_0;

    /** Whether this version has what {@code other} introduced. */
    public boolean includes(MspVersion other) {
        return compareTo(other) >= 0;
    }
}
