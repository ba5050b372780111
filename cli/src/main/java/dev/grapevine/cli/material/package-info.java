/** {@code grapevine crypto}: keys and certificates for development and tests. Runs on the caller's thread. */
@NullMarked
package dev.grapevine.cli.material;

import org.jspecify.annotations.NullMarked;
