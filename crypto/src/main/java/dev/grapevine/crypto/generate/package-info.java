/**
 * Makes the keys and certificates of organisations, in the layout of Fabric's {@code cryptogen}: for demonstrations, tests
 * and simulations. An organisation in production has a certificate authority of its own.
 *
 * <p>All randomness comes from a generator that the caller gives, all times are arguments, and signatures are deterministic:
 * a seeded generator yields the same bytes on every run. For keys that shall be secret give a
 * {@link java.security.SecureRandom}. Objects that hold a generator belong to one thread; what they issue is immutable.
 */
@NullMarked
package dev.grapevine.crypto.generate;

import org.jspecify.annotations.NullMarked;
