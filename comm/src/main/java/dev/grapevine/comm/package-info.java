/**
 * Bytes between peers. A thin port of transport ({@link dev.grapevine.comm.Transport}, {@link
 * dev.grapevine.comm.FrameStream}) with a gRPC and an in-memory implementation; above it one {@link
 * dev.grapevine.comm.GossipComm} for both: handshake, one link per PKI-ID, lanes and bounded queues, acknowledgements.
 *
 * <p>Everything here runs on the node's loop. What always holds: nothing reaches the receiver before the peer has proven
 * who it is; at most one link per PKI-ID is written to; every queue has a bound, and what does not fit is dropped, counted
 * and never blocks.
 */
@NullMarked
package dev.grapevine.comm;

import org.jspecify.annotations.NullMarked;
