/**
 * The vocabulary every room speaks: Fabric's wire schema as small value types, gossip messages that are parsed once and
 * keep their bytes, the rules of tags and supersession.
 *
 * <p>Everything here is immutable and may be used from any thread. Nothing here does I/O or reads a clock.
 */
@NullMarked
package dev.grapevine.proto;

import org.jspecify.annotations.NullMarked;
