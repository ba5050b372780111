package dev.grapevine.node.metrics;

/** One meter: a name with one set of label values. */
interface Series {
    /** Writes its lines. */
    void write(StringBuilder text, String name, Labels labels);
}
