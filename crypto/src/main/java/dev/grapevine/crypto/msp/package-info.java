/**
 * Membership service providers: from an organisation's certificates (MSP configuration or directory) to identities that are
 * valid, hold a role and can be asked whether a signature is theirs. Follows Fabric's X.509 MSP verdict for verdict.
 *
 * <p>An MSP never changes once it is set up; a new configuration makes a new one. Everything here is safe from any thread.
 * What a certificate does wrong is a {@link dev.grapevine.proto.Rejection}, never an exception. Expiry is not judged here:
 * chains are evaluated one second after the certificate's own NotBefore, and who cares compares
 * {@link dev.grapevine.crypto.msp.Identity#notAfter()} with a clock.
 */
@NullMarked
package dev.grapevine.crypto.msp;

import org.jspecify.annotations.NullMarked;
