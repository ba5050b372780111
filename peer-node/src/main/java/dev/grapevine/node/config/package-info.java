/**
 * A Fabric peer's configuration, read: {@code core.yaml} with {@code CORE_…} environment variables over it, as a record of
 * records. Values are immutable and may be used from any thread; reading happens once, at start, on the caller's thread.
 *
 * <p>What always holds: every key this peer acts on is in the catalogue ({@code keys.txt}, from which the table in
 * docs/operations.md is made), and a configuration exists only if every value in it can work.
 */
@NullMarked
package dev.grapevine.node.config;

import org.jspecify.annotations.NullMarked;
