package dev.grapevine.discovery;

import dev.grapevine.proto.PkiId;
import java.util.List;
import java.util.Optional;

/** Who is here, for the rooms that talk to them. On the loop only. */
public interface Membership {
    NetworkMember self();

    /** Everybody else who is alive, in the order of their PKI-IDs; another list whenever somebody comes, goes or changes. */
    List<NetworkMember> alive();

    /** What is known of a peer, be it ourselves, alive or dead. */
    Optional<NetworkMember> lookup(PkiId pkiId);

    /** Whether a peer is alive at the moment; true for ourselves. */
    boolean isAlive(PkiId pkiId);

    /**
     * Whether everybody alive speaks Grapevine's extensions and is judged by probes: then nobody waits for what Fabric's
     * protocol repeats to everybody.
     */
    default boolean isCalm() {
        return false;
    }

    /**
     * Whether somebody was said to be alive lately whose identity we do not hold: until that is here nothing is known of him, and he may
     * have no reason to show it again.
     */
    default boolean hasStrangers() {
        return false;
    }

    /** The few peers that we probe or that probe us; news that nobody needs at once goes to them alone. */
    default List<PkiId> neighbours() {
        return List.of();
    }

    /** Whether a peer and we both speak Grapevine's extensions, so that we may send it what Fabric does not know. */
    default boolean isCapable(NetworkMember peer) {
        return self().revision() > 0 && peer.revision() > 0;
    }
}
