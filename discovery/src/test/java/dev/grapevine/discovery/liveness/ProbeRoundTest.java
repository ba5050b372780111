package dev.grapevine.discovery.liveness;

import static dev.grapevine.discovery.liveness.Peers.peer;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeRoundTest {
    private final ProbeRound round = new ProbeRound(peer(1));

    @Test
    void endsWithTheTargetsOwnAnswer() {
        assertThat(round.answered(peer(1), true)).isTrue();
    }

    @Test
    void endsWithTheAnswerOfAHelperThatReachedTheTarget() {
        round.askedHelp(peer(2));

        assertThat(round.answered(peer(2), true)).isTrue();
    }

    @Test
    void takesNoWordOfThoseItHasNotAsked() {
        assertThat(round.answered(peer(3), true)).isFalse();
    }

    @Test
    void doubtsOurselvesForEachHelperThatIsSilentToo() {
        round.askedHelp(peer(2));
        round.askedHelp(peer(3));
        round.askedHelp(peer(4));

        round.answered(peer(3), false);

        assertThat(round.doubt()).isEqualTo(2);
    }

    @Test
    void doubtsOurselvesWhenThereWasNobodyToAsk() {
        assertThat(round.doubt()).isEqualTo(1);
    }
}
