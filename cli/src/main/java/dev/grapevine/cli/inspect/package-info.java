/** {@code grapevine inspect}: what is inside a file, as JSON. Needs no network and no MSP. */
@NullMarked
package dev.grapevine.cli.inspect;

import org.jspecify.annotations.NullMarked;
