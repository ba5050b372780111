package dev.grapevine.simulation.report;

import java.util.Locale;

/** An SVG picture with axes, to which lines, dots, bands and words are added. Positions are in its own units. */
final class Plot {
    static final double WIDTH = 760;
    static final double LEFT = 62;
    static final double RIGHT = WIDTH - 16;
    static final double TOP = 16;
    private static final double MARGIN = 44;
    private static final double TEXT = 4;
    private static final double GAP = 8;
    private static final double BELOW = 18;
    private static final double TITLE = 36;

    private final double height;
    private final StringBuilder svg = new StringBuilder();

    /** @param label what it shows, for those who cannot see it */
    Plot(double height, String label) {
        this.height = height;
        add("<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">", WIDTH, height, escape(label));
    }

    double bottom() {
        return height - MARGIN;
    }

    Plot horizontal(Axis axis, String title) {
        for (double mark : axis.marks()) {
            double x = axis.at(mark);
            add("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", x, x, TOP, bottom());
            word(x, bottom() + BELOW, "middle", "mark", Axis.text(mark));
        }
        return word((LEFT + RIGHT) / 2, bottom() + TITLE, "middle", "title", title);
    }

    Plot vertical(Axis axis, String title) {
        for (double mark : axis.marks()) {
            double y = axis.at(mark);
            add("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, RIGHT, y, y);
            word(LEFT - GAP, y + TEXT, "end", "mark", Axis.text(mark));
        }
        double middle = (TOP + bottom()) / 2;
        return add(
                "<text class=\"title\" text-anchor=\"middle\" transform=\"translate(14 %.1f) rotate(-90)\">%s</text>",
                middle, escape(title));
    }

    /** A line through points given as x, y, x, y. */
    Plot line(String style, double... points) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i + 1 < points.length; i += 2) {
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", points[i], points[i + 1]));
        }
        return add("<path class=\"%s\" d=\"%s\"/>", style, path);
    }

    Plot dot(String style, double x, double y) {
        return add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\"/>", style, x, y);
    }

    Plot box(String style, double left, double top, double right, double bottom, String tip) {
        return add(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\"><title>%s</title></rect>",
                style, left, top, Math.max(1, right - left), Math.max(1, bottom - top), escape(tip));
    }

    Plot word(double x, double y, String anchor, String style, String text) {
        return add(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                style, x, y, anchor, escape(text));
    }

    private Plot add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
        return this;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return svg + "</svg>";
    }
}
