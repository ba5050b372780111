/**
 * Who is who, and who may say what: MSP identities and principals, signatures, policies, channel configuration, block
 * verification.
 *
 * <p>Everything here is immutable or safe from any thread, except {@link dev.grapevine.crypto.IdentityStore}, which lives on
 * the node's loop. Nothing here reads a clock: time is an argument.
 */
@NullMarked
package dev.grapevine.crypto;

import org.jspecify.annotations.NullMarked;
