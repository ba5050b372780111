/**
 * Deliver streams from ordering nodes over gRPC.
 *
 * <p>Opened and controlled on the node's loop; bytes arrive on Netty's threads, where they are only taken apart, and every
 * event of a stream returns to the loop. What always holds: a block reaches the listener as the very bytes the ordering node
 * sent, only after it was asked for, and never after the stream was cancelled.
 */
@NullMarked
package dev.grapevine.node.orderer;

import org.jspecify.annotations.NullMarked;
