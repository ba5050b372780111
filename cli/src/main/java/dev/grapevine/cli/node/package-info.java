/** The commands that run until they are stopped: a node, and the development ordering service. */
@NullMarked
package dev.grapevine.cli.node;

import org.jspecify.annotations.NullMarked;
