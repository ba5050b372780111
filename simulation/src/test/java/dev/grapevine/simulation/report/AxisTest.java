package dev.grapevine.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void marksAnEvenAxisAtRoundValues() {
        assertThat(Axis.linear(120, 0, 100).marks()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0, 120.0);
    }

    @Test
    void marksALogarithmicAxisAtOneTwoFive() {
        assertThat(Axis.logarithmic(3, 60, 0, 100).marks()).containsExactly(5.0, 10.0, 20.0, 50.0);
    }

    @Test
    void placesValues() {
        assertThat(Axis.linear(10, 100, 0).at(2.5)).isEqualTo(75);
        assertThat(Axis.logarithmic(1, 100, 0, 50).at(10)).isEqualTo(25, within(1e-9));
    }
}
