/**
 * A channel's configuration: read out of a configuration block with Fabric's strictness, and the rules by which the next
 * one may follow.
 *
 * <p>A configuration never changes once it is read; the next configuration block makes a new one. Everything here is safe
 * from any thread. Reading one sets up every MSP in it, which costs milliseconds: do it on a worker.
 */
@NullMarked
package dev.grapevine.crypto.config;

import org.jspecify.annotations.NullMarked;
