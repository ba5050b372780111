package dev.grapevine.discovery;

/** Told of changes of the membership, on the loop, after the table has changed. */
public interface MembershipListener {
    /** A peer is here that was unknown or dead before. */
    default void joined(NetworkMember member) {}

    /** A peer that was alive is dead or was purged. */
    default void left(NetworkMember member) {}

    /** A living peer changed its endpoints, its metadata or its revision. */
    default void updated(NetworkMember member) {}
}
