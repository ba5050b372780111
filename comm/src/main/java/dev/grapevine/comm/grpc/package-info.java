/**
 * The transport of a real network: Fabric's {@code gossip.Gossip} service over gRPC and TLS.
 *
 * <p>gRPC calls back on Netty's threads; everything is handed to the node's loop at once, and everything else here runs
 * there. What always holds: a peer's frame is read only when it was asked for; a stranger's stream ends after 64 KiB; a TLS
 * session is never resumed, so trust is judged anew on every connection.
 */
@NullMarked
package dev.grapevine.comm.grpc;

import org.jspecify.annotations.NullMarked;
