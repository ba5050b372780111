package dev.grapevine.crypto.generate;

import java.util.List;

/**
 * A node that gets an identity and a TLS certificate.
 *
 * @param commonName its full name, which also names its folder
 * @param alternativeNames the host names and IP addresses its TLS certificate is good for
 */
public record NodeSpec(String commonName, List<String> alternativeNames) {
    public NodeSpec {
        alternativeNames = List.copyOf(alternativeNames);
    }
}
