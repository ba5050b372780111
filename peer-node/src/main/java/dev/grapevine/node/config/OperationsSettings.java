package dev.grapevine.node.config;

import java.util.Optional;

/**
 * The operations endpoint.
 *
 * @param listenAddress {@code host:port}; empty for none ({@code operations.listenAddress})
 * @param tls its credentials; empty for plain HTTP ({@code operations.tls.*})
 * @param metrics whether {@code /metrics} is served ({@code metrics.provider} is {@code prometheus})
 */
public record OperationsSettings(Optional<String> listenAddress, Optional<TlsSettings> tls, boolean metrics) {
    static OperationsSettings read(Settings settings) {
        Optional<String> address =
                Optional.of(settings.text("operations.listenAddress", "")).filter(text -> !text.isEmpty());
        address.ifPresent(text -> Addresses.check(settings, "operations.listenAddress", text));
        return new OperationsSettings(address, TlsReader.server(settings, "operations.tls"), metrics(settings));
    }

    private static boolean metrics(Settings settings) {
        String provider = settings.text("metrics.provider", "disabled");
        if (!provider.equals("prometheus") && !provider.equals("disabled")) {
            settings.fault("metrics.provider", provider, "it must be prometheus or disabled; statsd is not supported");
        }
        return provider.equals("prometheus");
    }
}
