/**
 * The pull: hello, digest, request, update, the same for blocks and for identities. On the loop only. Every nonce belongs to
 * one peer, so nobody can answer for another or push what was not asked for.
 */
@NullMarked
package dev.grapevine.channel.pull;

import org.jspecify.annotations.NullMarked;
