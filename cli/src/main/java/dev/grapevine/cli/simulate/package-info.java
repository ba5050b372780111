/** {@code grapevine simulate}. */
@NullMarked
package dev.grapevine.cli.simulate;

import org.jspecify.annotations.NullMarked;
