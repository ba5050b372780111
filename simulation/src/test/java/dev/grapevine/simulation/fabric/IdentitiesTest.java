package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private final Roster roster = new Roster(3, 1);
    private final Identities identities = new Identities(roster);

    @BeforeEach
    void start() {
        for (int peer = 0; peer < 3; peer++) {
            roster.started(peer, 1_000);
            identities.forget(peer);
        }
    }

    @Test
    void comeWithTheAliveMessagesOfTheFirstTenSeconds() {
        assertThat(identities.checks(0, 1, 10_999)).isTrue();
        assertThat(identities.has(0, 1)).isTrue();
    }

    @Test
    void withoutOneALaterAliveMessageCannotBeChecked() {
        assertThat(identities.checks(0, 1, 11_000)).isFalse();

        identities.meet(0, 1);
        assertThat(identities.checks(0, 1, 11_000)).isTrue();
        assertThat(identities.checks(1, 0, 11_000)).isTrue();
    }

    @Test
    void aPeerThatCrashedHasItsOwnOnly() {
        identities.meet(0, 1);
        identities.forget(0);

        assertThat(identities.count(0)).isEqualTo(1);
        assertThat(identities.has(0, 0)).isTrue();
        identities.meet(0, 1);
        assertThat(identities.has(0, 1)).isTrue();
    }
}
