/**
 * What is said where: the dispatch of everything that comes in, the channels with their stores, the push and the pull of
 * blocks, identities and state info.
 *
 * <p>{@link dev.grapevine.channel.GossipNode} is the node-level part, {@link dev.grapevine.channel.GossipChannel} one per
 * joined channel. All of it lives on the node's loop; signatures and blocks are verified on the workers and their verdicts
 * come back as events. Nothing is stored, passed on or delivered before it was verified, every store is bounded in bytes,
 * and whatever a peer sends, no exception leaves a handler.
 */
@NullMarked
package dev.grapevine.channel;

import org.jspecify.annotations.NullMarked;
