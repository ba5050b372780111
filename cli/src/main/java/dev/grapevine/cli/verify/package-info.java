/**
 * {@code grapevine verify}: asks the classes a node uses whether it would accept something, and answers with one line of JSON
 * each. What cannot be read is not accepted, with the reason; it never ends the command early. Runs on the caller's thread.
 */
@NullMarked
package dev.grapevine.cli.verify;

import org.jspecify.annotations.NullMarked;
