/**
 * Who is here: alive messages, membership requests and responses, failure detection, connections to bootstrap and anchor
 * peers (specification 5). {@link dev.grapevine.discovery.Discovery} is the door; everything behind it runs on the node's
 * loop.
 *
 * <p>What always holds: a peer is in the table once, and is alive, dead or forgotten; nothing enters the table before its
 * signature was checked on a worker, and nothing costs a signature check that the table would not take; the secret endpoint
 * of a peer never leaves its organisation.
 */
@NullMarked
package dev.grapevine.discovery;

import org.jspecify.annotations.NullMarked;
