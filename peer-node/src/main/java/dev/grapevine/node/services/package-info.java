/**
 * The services clients of a Fabric peer expect: the system chaincodes CSCC and QSCC behind the endorser, block events, service
 * discovery, and an administration service of our own. Calls run on the server's executor; the ports they use are safe from any
 * thread.
 */
@NullMarked
package dev.grapevine.node.services;

import org.jspecify.annotations.NullMarked;
