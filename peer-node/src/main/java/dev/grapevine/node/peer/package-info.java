/**
 * A ledger peer on its loop: the protocol rooms wired together, the joined channels, and the one place where a configuration
 * block takes effect. What the world looks like (transport, ledgers, ordering service, trust) comes in through {@link
 * dev.grapevine.node.peer.PeerPorts}, so that the simulator runs these very classes.
 */
@NullMarked
package dev.grapevine.node.peer;

import org.jspecify.annotations.NullMarked;
