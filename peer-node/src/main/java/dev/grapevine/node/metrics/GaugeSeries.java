package dev.grapevine.node.metrics;

import dev.grapevine.proto.Meters;

/** Something that goes up and down. */
final class GaugeSeries implements Series, Meters.Gauge {
    private volatile double value;

    @Override
    public void set(double newest) {
        value = newest;
    }

    @Override
    public void write(StringBuilder text, String name, Labels labels) {
        labels.write(text, name, value);
    }
}
