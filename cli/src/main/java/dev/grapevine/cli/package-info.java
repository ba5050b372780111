/**
 * The {@code grapevine} command. Results go to stdout, everything else to stderr; exit codes are 0 done, 1 refused or failed, 2
 * wrong usage.
 */
@NullMarked
package dev.grapevine.cli;

import org.jspecify.annotations.NullMarked;
