package dev.grapevine.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever follows the documents must arrive somewhere. */
class DocumentsTest {
    private static final Path TOP = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern CLASS = Pattern.compile("(?<![A-Za-z_.])(?:[a-z]+\\.)*([A-Z][a-z]\\w+)");
    /** Named in the text and not ours. */
    private static final Set<String> OF_THE_JDK = Set.of("TreeMap", "LinkedHashMap", "ArrayList");

    @Test
    void everyLinkLeadsToAFileOfTheProject() {
        for (Path document : documents()) {
            assertThat(matches(LINK, read(document)))
                    .as("links of %s", document)
                    .allSatisfy(
                            link -> assertThat(document.resolveSibling(link)).exists());
        }
    }

    @Test
    void everyClassInTheArchitectureExists() {
        Set<String> classes = classes();
        classes.addAll(OF_THE_JDK);

        List<String> named = matches(CODE, read(TOP.resolve("docs/architecture.md"))).stream()
                .flatMap(code -> matches(CLASS, code).stream())
                .toList();

        assertThat(named).isNotEmpty().isSubsetOf(classes);
    }

    private static List<Path> documents() {
        return Stream.concat(Stream.of(TOP.resolve("README.md")), files(TOP.resolve("docs"), ".md"))
                .toList();
    }

    private static Set<String> classes() {
        try (Stream<Path> modules = Files.list(TOP)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(sources -> files(sources, ".java"))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
