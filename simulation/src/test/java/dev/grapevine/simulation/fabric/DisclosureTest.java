package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisclosureTest {
    /** Peers 0, 3 are of the first organisation, 1, 4 of the second, 2, 5 of the third. */
    private final Disclosure disclosure = new Disclosure(new Roster(6, 3));

    @Test
    void aPeerTellsEverybodyOfItsOwnOrganisation() {
        assertThat(disclosure.mayTell(0, 1, 3)).isTrue();
        assertThat(disclosure.mayTell(0, 2, 3)).isTrue();
        assertThat(disclosure.mayTell(0, 3, 0)).isTrue();
    }

    @Test
    void aPeerTellsOfAnotherOrganisationThatOneAndItsOwnOnly() {
        assertThat(disclosure.mayTell(0, 3, 1)).isTrue();
        assertThat(disclosure.mayTell(0, 4, 1)).isTrue();
        assertThat(disclosure.mayTell(0, 2, 1)).isFalse();
    }

    @Test
    void betweenTwoOrganisationsThereAreNoSecrets() {
        assertThat(new Disclosure(new Roster(4, 2)).isUnrestricted()).isTrue();
        assertThat(disclosure.isUnrestricted()).isFalse();
    }
}
