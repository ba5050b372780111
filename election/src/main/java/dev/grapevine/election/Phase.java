package dev.grapevine.election;

/** Where a peer is in the course of elections. */
enum Phase {
    /** Not started. */
    NEW,
    /** Started; waits until the view of the channel has stopped growing, so that not every peer elects itself alone. */
    SETTLING,
    /** Has proposed itself and collects the proposals of others. */
    PROPOSING,
    /** Leads, and declares so twice in every leader-alive threshold. */
    LEADING,
    /** Trusts that somebody leads, until nobody has declared so for the leader-alive threshold. */
    FOLLOWING,
    /** Has given leadership away and stays out of elections until another leads or the yield period has passed. */
    YIELDING,
    /** Stopped for good. */
    STOPPED
}
