/**
 * Signatures as Fabric makes and checks them: ECDSA over SHA-256 (or SHA3-256) with low S, and Ed25519.
 *
 * <p>The provider of the arithmetic is chosen explicitly and never registered with the platform. Everything here is safe
 * from any thread; a check costs one elliptic-curve verification (tens of microseconds), so it belongs on a worker. Only
 * the choice of the fastest provider looks at a clock, to measure.
 */
@NullMarked
package dev.grapevine.crypto.sign;

import org.jspecify.annotations.NullMarked;
