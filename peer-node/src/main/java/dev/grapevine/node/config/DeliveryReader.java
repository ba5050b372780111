package dev.grapevine.node.config;

import com.google.protobuf.ByteString;
import dev.grapevine.state.deliver.AddressOverride;
import dev.grapevine.state.deliver.DeliverConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads {@code peer.deliveryclient}: how blocks are fetched from the ordering service. */
final class DeliveryReader {
    private static final String CLIENT = "peer.deliveryclient.";
    private static final String OVERRIDES = CLIENT + "addressOverrides";
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\\R?", Pattern.DOTALL);

    private final Settings settings;

    DeliveryReader(Settings settings) {
        this.settings = settings;
    }

    DeliverConfig read() {
        DeliverConfig fabric = DeliverConfig.defaults();
        return settings.checked(
                () -> new DeliverConfig(
                        settings.duration(CLIENT + "reconnectTotalTimeThreshold", fabric.reconnectTotalTimeThreshold()),
                        settings.duration(CLIENT + "reConnectBackoffThreshold", fabric.reconnectBackoffThreshold()),
                        settings.duration(CLIENT + "minimalReconnectInterval", fabric.minimalReconnectInterval()),
                        settings.duration(CLIENT + "connTimeout", fabric.connTimeout()),
                        settings.duration("peer.keepalive.deliveryClient.interval", fabric.keepaliveInterval()),
                        settings.duration("peer.keepalive.deliveryClient.timeout", fabric.keepaliveTimeout()),
                        settings.flag(CLIENT + "blockGossipEnabled", fabric.blockGossipEnabled()),
                        overrides()),
                () -> fabric);
    }

    private List<AddressOverride> overrides() {
        Object value = settings.raw(OVERRIDES).orElse(List.of());
        try {
            // In an environment variable the list is written as YAML text.
            Object list = value instanceof String text ? YamlTree.parse(text) : value;
            return list instanceof List<?> items
                    ? items.stream().map(this::override).toList()
                    : wrong(value);
        } catch (YAMLException | IllegalArgumentException e) {
            return wrong(value);
        }
    }

    private List<AddressOverride> wrong(Object value) {
        settings.fault(OVERRIDES, value, "it must be a list of {from: host:port, to: host:port, caCertsFile: file}");
        return List.of();
    }

    private AddressOverride override(Object item) {
        if (!(item instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException("not a mapping: " + item);
        }
        Map<String, Object> byName = YamlTree.byKey();
        fields.forEach((name, value) -> byName.put(String.valueOf(name), Objects.requireNonNullElse(value, "")));
        String from = byName.getOrDefault("from", "").toString();
        String to = byName.getOrDefault("to", "").toString();
        Addresses.check(settings, OVERRIDES + ".from", from);
        Addresses.check(settings, OVERRIDES + ".to", to);
        String roots = byName.getOrDefault("caCertsFile", "").toString();
        return new AddressOverride(from, to, roots.isEmpty() ? List.of() : certificates(settings.resolve(roots)));
    }

    private List<ByteString> certificates(Path file) {
        List<ByteString> certificates = new ArrayList<>();
        try {
            CERTIFICATE
                    .matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .map(ByteString::copyFromUtf8)
                    .forEach(certificates::add);
        } catch (IOException e) {
            settings.fault(OVERRIDES + ".caCertsFile", file, "there must be a readable PEM file (" + e + ")");
            return certificates;
        }
        if (certificates.isEmpty()) {
            settings.fault(OVERRIDES + ".caCertsFile", file, "it must hold a PEM certificate");
        }
        return certificates;
    }
}
