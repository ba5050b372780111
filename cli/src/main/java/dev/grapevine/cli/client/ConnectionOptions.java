package dev.grapevine.cli.client;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The node to call, and who calls. */
public final class ConnectionOptions {
    @Option(
            names = "--peer",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:CORE_PEER_ADDRESS:-localhost:7051}",
            description = "The node to call (CORE_PEER_ADDRESS; ${DEFAULT-VALUE}).")
    private String address = "";

    @Mixin
    private CallerOptions caller = new CallerOptions();

    /** The address given with --peer. */
    public String address() {
        return address;
    }

    /** Opens a connection to the node. */
    public Connection open() {
        return caller.open(address);
    }
}
