/** Bytes between peers. A thin transport port with a gRPC and an in-memory implementation; above it one Comm for both: handshake, one link per PKI-ID, lanes and bounded queues, acknowledgements. */
@NullMarked
package dev.grapevine.comm;

import org.jspecify.annotations.NullMarked;
