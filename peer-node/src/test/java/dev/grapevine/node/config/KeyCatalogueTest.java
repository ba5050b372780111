package dev.grapevine.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeyCatalogueTest {
    private final KeyCatalogue catalogue = KeyCatalogue.load();

    @Test
    void promisesToHonourExactlyWhatIsRead() {
        Settings settings =
                new Settings(Map.of("peer.tls.enabled", true, "operations.tls.enabled", true), Map.of(), Path.of("."));
        CoreYaml.readAll(settings);

        Set<String> promised = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        catalogue.entries().stream()
                .filter(key -> key.treatment() != KeyCatalogue.Treatment.IGNORED)
                .forEach(key -> promised.add(key.name()));
        assertThat(settings.asked()).containsExactlyElementsOf(promised);
    }

    @Test
    void isTheTableInTheOperationsManual() throws Exception {
        Path manual = Path.of(System.getProperty("user.dir")).resolve("../docs/operations.md");

        assertThat(Files.readString(manual)).contains(String.join("\n", CoreYaml.markdownTable()));
    }
}
