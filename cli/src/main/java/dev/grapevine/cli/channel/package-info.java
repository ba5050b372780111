/**
 * {@code grapevine channel}, {@code peers} and {@code submit}: calls to a running node or ordering service, and the making of a
 * channel's first block. Runs on the caller's thread and waits for answers, never for ever.
 */
@NullMarked
package dev.grapevine.cli.channel;

import org.jspecify.annotations.NullMarked;
