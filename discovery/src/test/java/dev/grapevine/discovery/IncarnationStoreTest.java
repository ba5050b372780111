package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IncarnationStoreTest {
    private final IncarnationStore store = IncarnationStore.inMemory();

    @Test
    void takesTheWallClockWhenItHasMovedOn() {
        store.save(100);

        assertThat(store.next(200)).isEqualTo(200);
        assertThat(store.last()).isEqualTo(200);
    }

    @Test
    void goesBeyondTheLastOneWhenTheClockWasSetBack() {
        store.save(100);

        assertThat(store.next(50)).isEqualTo(101);
        assertThat(store.next(50)).isEqualTo(102);
    }
}
