/** The client side: how commands speak to a node or an ordering service, with the calls the Fabric tools use. */
@NullMarked
package dev.grapevine.cli.client;

import org.jspecify.annotations.NullMarked;
