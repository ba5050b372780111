/**
 * An ordering service for one machine: a single node, without consensus, for development and tests. It speaks
 * {@code orderer.AtomicBroadcast} and signs its blocks as a real one does, so that peers cannot tell; for production use a
 * real Fabric ordering service.
 *
 * <p>Threads: requests are parsed and authorised on the threads of the gRPC server; ordering, writing and answering happen on
 * one thread of the orderer's own, which waits for the disk. What always holds: a transaction is acknowledged only when the
 * block it is in is synced to the disk, and a block is delivered to nobody before that.
 */
@NullMarked
package dev.grapevine.node.orderer.development;

import org.jspecify.annotations.NullMarked;
