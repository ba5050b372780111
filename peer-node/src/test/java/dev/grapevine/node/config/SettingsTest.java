package dev.grapevine.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @ParameterizedTest
    @CsvSource({
        "300ms, 300",
        "10s, 10000",
        "1m30s, 90000",
        "1.5h, 5400000",
        ".5s, 500",
        "1h0m1s, 3601000",
        "0, 0",
        "7200s, 7200000"
    })
    void readsDurationsAsGoWritesThem(String text, long millis) {
        assertThat(GoDuration.parse(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1s2", "1 s", "10x", "1d", "99999999h"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @Property
    void readsBackWhatItIsGivenInNanoseconds(@ForAll @LongRange(min = 0) long nanos) {
        assertThat(GoDuration.parse(nanos + "ns")).contains(Duration.ofNanos(nanos));
    }

    @Property
    void neverThrowsOnAnyText(@ForAll String text) {
        Settings settings = with(text);
        settings.duration("key", Duration.ZERO);
        settings.size("key", 1);
        settings.number("key", 1, 0);
        settings.flag("key", true);
        assertThat(settings.list("key")).noneMatch(String::isEmpty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a,b", "[a, b]", "[ \"a\" 'b' ]", " a ,  b "})
    void readsListsHoweverTheyAreWritten(String text) {
        assertThat(with(text).list("key")).containsExactly("a", "b");
    }

    @Test
    void readsAYamlListAsItIs() {
        assertThat(with(List.of("a", "b c")).list("key")).containsExactly("a", "b c");
    }

    @ParameterizedTest
    @CsvSource({"104857600, 104857600", "100MB, 104857600", "100m, 104857600", "1k, 1024", "1 GB, 1073741824"})
    void readsSizes(String text, int bytes) {
        assertThat(with(text).size("key", 1)).isEqualTo(bytes);
    }

    @Test
    void takesZeroForTheDefaultAsFabricDoes() {
        assertThat(with(0).number("key", 7, 1)).isEqualTo(7);
        assertThat(with(0).number("key", 7, 0)).isZero();
        assertThat(with("0s").duration("key", Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
    }

    private static Settings with(Object value) {
        return new Settings(Map.of("key", value), Map.of(), Path.of("."));
    }
}
