/**
 * The deliver client: pulls a channel's blocks from the ordering service, verifies them, and hands them over in order.
 *
 * <p>Everything lives on the node's loop; signing and verification run on the workers. What always holds: a sink gets only
 * verified blocks, each the successor of the one before it in the same stream, and the next one only when it has room;
 * one stream is open at most; a client that was started tries until it is stopped.
 */
@NullMarked
package dev.grapevine.state.deliver;

import org.jspecify.annotations.NullMarked;
