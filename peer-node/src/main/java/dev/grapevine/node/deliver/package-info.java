/**
 * The serving side of Fabric's Deliver protocol, for the peer's clients and for the development orderer alike. A stream costs no
 * thread: it is pumped on a shared executor whenever its client is ready and there is something to send.
 */
@NullMarked
package dev.grapevine.node.deliver;

import org.jspecify.annotations.NullMarked;
