/** The command that measures peers as Fabric's were measured. */
@NullMarked
package dev.grapevine.cli.bench;

import org.jspecify.annotations.NullMarked;
