/**
 * Scenarios with a real Fabric network, each a test class of its own. They are skipped unless {@code -Dfabric.lab} and
 * {@code -Dfabric.bin} say where one can be had; {@code docs/interop.md} tells how to run them and what came out.
 */
@NullMarked
package dev.grapevine.interop;

import org.jspecify.annotations.NullMarked;
