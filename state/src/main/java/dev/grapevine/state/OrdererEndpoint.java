package dev.grapevine.state;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * Where an ordering node listens and whom to trust there.
 *
 * @param address {@code host:port}
 * @param tlsRoots PEM certificates of the TLS authorities of its organisation, from the channel configuration
 */
public record OrdererEndpoint(String address, List<ByteString> tlsRoots) {
    public OrdererEndpoint {
        tlsRoots = List.copyOf(tlsRoots);
    }

    @Override
    public String toString() {
        return address;
    }
}
