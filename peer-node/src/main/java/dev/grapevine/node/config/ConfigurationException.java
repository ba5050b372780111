package dev.grapevine.node.config;

import java.util.List;

/** A configuration that cannot work. The message has a line for each fault: the key, its value and what would be right. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigurationException(String source, List<String> faults) {
        super("the configuration " + source + " cannot be used:\n  " + String.join("\n  ", faults));
    }
}
