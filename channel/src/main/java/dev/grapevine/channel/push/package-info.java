/** The push: messages are gathered for a few milliseconds and handed to the router of rounds together. On the loop only. */
@NullMarked
package dev.grapevine.channel.push;

import org.jspecify.annotations.NullMarked;
