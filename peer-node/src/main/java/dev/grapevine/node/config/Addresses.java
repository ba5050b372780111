package dev.grapevine.node.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Where this peer listens and what it tells others of that. */
final class Addresses {
    private static final List<String> ANY = List.of("0.0.0.0", "[::]", "::");

    /** Lets the rest be read and its faults be found, too. */
    private static final String STAND_IN = "localhost:7051";

    private Addresses() {}

    /** Whether {@code address} is {@code host:port}; notes a fault if not. */
    static boolean check(Settings settings, String key, String address) {
        int colon = address.lastIndexOf(':');
        String port = address.substring(colon + 1);
        boolean good = colon >= 0 && port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65_535;
        if (!good) {
            settings.fault(key, address, "it must be host:port, such as peer0.org1.example.com:7051");
        }
        return good;
    }

    /**
     * The address that others are told: as configured, unless it means "any interface" or detection is switched on; then the
     * machine's own takes the place of the host, as Fabric does it.
     */
    static String advertised(Settings settings) {
        String configured = settings.text("peer.address", "");
        boolean detect = settings.flag("peer.addressAutoDetect", false);
        if (configured.isEmpty()) {
            settings.fault(
                    "peer.address", "", "it must be set to what other peers dial, such as peer0.org1.example.com:7051");
            return STAND_IN;
        }
        if (!check(settings, "peer.address", configured)) {
            return STAND_IN;
        }
        int colon = configured.lastIndexOf(':');
        String host = configured.substring(0, colon);
        return detect || ANY.contains(host)
                ? ownHost().map(own -> own + configured.substring(colon)).orElse(configured)
                : configured;
    }

    /** The first address of this machine that is not its loopback; one of version 4 if there is any. */
    private static Optional<String> ownHost() {
        try {
            List<InetAddress> own = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .toList();
            return own.stream()
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .or(() -> own.stream().findFirst())
                    .map(address -> address instanceof Inet4Address
                            ? address.getHostAddress()
                            : "[" + address.getHostAddress() + "]");
        } catch (SocketException e) {
            return Optional.empty();
        }
    }
}
