package dev.grapevine.discovery;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Timestamp;

/** One row of the table of peers. */
final class KnownPeer {
    /** What a peer is to us. */
    enum Presence {
        /** Heard of within the expiration timeout. */
        ALIVE,
        /** Silent; we try to reach it from time to time. */
        DEAD,
        /** Gone from every view; what remains is the memory that refuses its old messages. */
        FORGOTTEN
    }

    private final Recency recency = new Recency();
    private Alive last;
    private NetworkMember member;
    private Presence presence;
    private long news;
    private boolean pushed;

    KnownPeer(Alive first, String internalEndpoint, Presence presence, long wallNanos, long now) {
        this.last = first;
        this.member = first.member(internalEndpoint);
        this.presence = presence;
        this.news = now;
        recency.take(first.time(), wallNanos);
    }

    PkiId pkiId() {
        return last.pkiId();
    }

    /** The last message taken as news. */
    Alive last() {
        return last;
    }

    NetworkMember member() {
        return member;
    }

    Presence presence() {
        return presence;
    }

    boolean isAlive() {
        return presence == Presence.ALIVE;
    }

    boolean isForgotten() {
        return presence == Presence.FORGOTTEN;
    }

    boolean isNews(Alive alive, long wallNanos) {
        return recency.isNews(alive.time(), wallNanos, !isAlive());
    }

    /** Takes news: whatever the peer was before, it now is {@code next}. */
    void take(Alive alive, Presence next, long wallNanos, long now) {
        recency.take(alive.time(), wallNanos);
        last = alive;
        member = alive.member(member.internalEndpoint());
        presence = next;
        news = now;
        pushed = false;
    }

    /** Alive messages up to this time are no news any more. */
    void outdate(Timestamp time, long wallNanos) {
        if (recency.isNews(time, wallNanos, !isAlive())) {
            recency.take(time, wallNanos);
        }
    }

    void become(Presence next) {
        presence = next;
    }

    /** Nanoseconds since the last news. */
    long silence(long now) {
        return now - news;
    }

    /** Whether the last message, learned otherwise, has yet to be passed on when it comes in by push. */
    boolean isUnpushedCopy(Alive alive) {
        return isAlive() && !pushed && alive.saysTheSameAs(last);
    }

    void markPushed() {
        pushed = true;
    }
}
