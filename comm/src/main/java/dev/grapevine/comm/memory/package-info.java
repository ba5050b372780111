/**
 * A network of nodes in one JVM and in virtual time: the transport of simulations and of most tests. It carries what the
 * real one carries, in the same order and under the same flow control, and fails as its {@link
 * dev.grapevine.comm.memory.NetworkModel} says. One seed, one run: nothing here has randomness or time of its own.
 *
 * <p>All nodes of a network must live in one {@link dev.grapevine.proto.time.VirtualTime}; what concerns a node
 * runs as a task of that node's scheduler, perhaps at the same time as tasks of others, and touches nothing of theirs. What all share only
 * changes while none runs.
 */
@NullMarked
package dev.grapevine.comm.memory;

import org.jspecify.annotations.NullMarked;
