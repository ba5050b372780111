package dev.grapevine.state.deliver;

import com.google.protobuf.ByteString;
import dev.grapevine.state.OrdererEndpoint;
import java.util.List;

/**
 * Replaces an ordering node's address and trust where the channel configuration's do not hold from here
 * ({@code peer.deliveryclient.addressOverrides}).
 *
 * @param from {@code host:port} as in the channel configuration
 * @param to {@code host:port} to dial instead
 * @param tlsRoots PEM certificates to trust there, from {@code caCertsFile}
 */
public record AddressOverride(String from, String to, List<ByteString> tlsRoots) {
    public AddressOverride {
        tlsRoots = List.copyOf(tlsRoots);
    }

    /** The endpoints as they are to be dialled. */
    static List<OrdererEndpoint> apply(List<AddressOverride> overrides, List<OrdererEndpoint> endpoints) {
        return endpoints.stream().map(endpoint -> replace(overrides, endpoint)).toList();
    }

    private static OrdererEndpoint replace(List<AddressOverride> overrides, OrdererEndpoint endpoint) {
        return overrides.stream()
                .filter(override -> override.from.equals(endpoint.address()))
                .findFirst()
                .map(override -> new OrdererEndpoint(override.to, override.tlsRoots))
                .orElse(endpoint);
    }
}
