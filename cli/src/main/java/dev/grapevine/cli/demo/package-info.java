/**
 * {@code grapevine demo}: the whole story on one machine, with real processes. It uses nothing but the command itself, so it is
 * also an example of how a network is set up.
 */
@NullMarked
package dev.grapevine.cli.demo;

import org.jspecify.annotations.NullMarked;
