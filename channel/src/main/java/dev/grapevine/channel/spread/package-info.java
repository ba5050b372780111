/**
 * How blocks reach the Grapevine peers of our organisation: along a tree that is another one for each block and that nobody
 * keeps, with digests to see that it reached everybody, and offers and requests to mend it where it did not. On the loop only.
 *
 * <p>{@link dev.grapevine.channel.spread.BlockSpread} is the door. A {@code Spread} is a block we have and answer for towards
 * others, a {@code Want} one that we have heard of. Both are bounded in number, and of a block that a peer claims to have
 * nothing is believed but that the peer may be asked for it.
 */
@NullMarked
package dev.grapevine.channel.spread;

import org.jspecify.annotations.NullMarked;
