/**
 * The node as a library: {@link dev.grapevine.node.GossipPeer} is the door for programs that embed a peer. Its methods may be
 * called from any thread and never wait; what takes time is a future.
 */
@NullMarked
package dev.grapevine.node;

import org.jspecify.annotations.NullMarked;
