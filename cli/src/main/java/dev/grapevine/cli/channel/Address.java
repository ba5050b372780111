package dev.grapevine.cli.channel;

import picocli.CommandLine.TypeConversionException;

/** A host name or IP address, and a port. */
record Address(String host, int port) {
    private static final int MAX_PORT = 65_535;

    static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        int port = port(text.substring(colon + 1));
        if (colon <= 0 || port < 1 || port > MAX_PORT) {
            throw new TypeConversionException("'" + text + "' should be HOST:PORT");
        }
        return new Address(text.substring(0, colon), port);
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
