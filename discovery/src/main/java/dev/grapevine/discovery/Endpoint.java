package dev.grapevine.discovery;

import java.util.Optional;

/** The syntax of {@code host:port}, for what we are configured with and for what others claim of themselves. */
final class Endpoint {
    /** Longest endpoint that is taken from the wire, in characters. */
    static final int MAX_LENGTH = 512;

    private static final int MAX_PORT = 65_535;
    private static final int MAX_PORT_DIGITS = 5;

    private Endpoint() {}

    /** What is wrong with an endpoint; empty if nothing is. An IPv6 address stands in brackets. */
    static Optional<String> fault(String endpoint) {
        if (endpoint.length() > MAX_LENGTH) {
            return Optional.of("longer than " + MAX_LENGTH + " characters");
        }
        int colon = endpoint.lastIndexOf(':');
        if (colon < 1) {
            return Optional.of("not host:port");
        }
        if (!isHost(endpoint.substring(0, colon))) {
            return Optional.of("not a host before the port");
        }
        return isPort(endpoint.substring(colon + 1))
                ? Optional.empty()
                : Optional.of("not a port from 1 to " + MAX_PORT);
    }

    private static boolean isHost(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
        String name = bracketed ? host.substring(1, host.length() - 1) : host;
        return name.chars().allMatch(c -> c > ' ' && c != 0x7f && "/[]@\\".indexOf(c) < 0 && (bracketed || c != ':'));
    }

    private static boolean isPort(String digits) {
        if (digits.isEmpty()
                || digits.length() > MAX_PORT_DIGITS
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= MAX_PORT;
    }

    /** The port of a well-formed endpoint, in digits. */
    static String port(String endpoint) {
        return endpoint.substring(endpoint.lastIndexOf(':') + 1);
    }
}
