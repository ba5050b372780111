/**
 * Trust by real MSPs and channel configurations: what {@link dev.grapevine.node.peer.ChannelTrust} is on a network. Safe from any
 * thread.
 */
@NullMarked
package dev.grapevine.node.trust;

import org.jspecify.annotations.NullMarked;
