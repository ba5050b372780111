package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockStoreTest {
    private final BlockStore store = new BlockStore();

    @Test
    void takesABlockOnce() {
        assertThat(store.add(5)).isTrue();
        assertThat(store.add(5)).isFalse();
        assertThat(store.has(5)).isTrue();
    }

    @Test
    void takesWhatIsUpToTenBehindTheNewestAndNothingOlder() {
        store.add(30);

        assertThat(store.add(20)).isTrue();
        assertThat(store.add(19)).isFalse();
        assertThat(store.isNew(19)).isFalse();
    }

    @Test
    void throwsAwayWhatANewerOneLeavesTooFarBehind() {
        store.add(1);
        store.add(2);
        store.add(12);

        assertThat(store.numbers()).containsExactly(2, 12);
    }
}
