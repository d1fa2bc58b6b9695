package narwhal.doctor.report;

import java.util.ArrayList;
import java.util.List;
import narwhal.doctor.Curve;
import narwhal.doctor.Say;

/// A line chart over epochs as SVG; its scale is logarithmic where the values span more than a linear one shows.
final class Chart {
    private static final double WIDTH = 860;
    private static final double HEIGHT = 260;
    private static final double LEFT = 56;
    private static final double RIGHT = 130;
    private static final double TOP = 14;
    private static final double BOTTOM = 34;
    private static final double TOO_WIDE = 1000;

    private final int firstEpoch;
    private final int lastEpoch;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private boolean logarithmic;
    private final List<Line> lines = new ArrayList<>();

    private record Line(String name, String style, Curve curve, boolean dots) {}

    Chart(int firstEpoch, int lastEpoch) {
        this.firstEpoch = firstEpoch;
        this.lastEpoch = Math.max(lastEpoch, firstEpoch + 1);
    }

    /// Adds a curve.
    ///
    /// @param style class of the style sheet
    /// @param dots whether each value gets a dot
    Chart line(String name, String style, Curve curve, boolean dots) {
        if (curve.isEmpty()) return this;
        lines.add(new Line(name, style, curve, dots));
        low = Math.min(low, curve.least());
        high = Math.max(high, curve.most());
        return this;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// The names of the curves in their colours, for screens too narrow for names beside the curves.
    void key(Markup page) {
        for (var line : lines) page.text(" ").element("span", line.name, "class", "key " + line.style);
    }

    /// The picture.
    ///
    /// @param title for readers who cannot see it
    Markup svg(String title) {
        logarithmic = low > 0 && high / low > TOO_WIDE;
        if (logarithmic) {
            low = Math.log10(low);
            high = Math.log10(high);
        }
        double margin = high > low ? 0.06 * (high - low) : Math.max(1e-3, Math.abs(high) * 0.05);
        low -= margin;
        high += margin;
        var svg = new Markup().open("svg", "viewBox", Say.format("0 0 %.0f %.0f", WIDTH, HEIGHT), "role", "img",
                "aria-label", title);
        svg.element("title", title);
        grid(svg);
        var labels = labels();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            svg.empty("polyline", "class", "line " + line.style, "points", points(line.curve));
            if (line.dots && line.curve.size() <= 120) {
                for (int e = 0; e < line.curve.size(); e++) {
                    svg.open("circle", "class", "dot " + line.style, "cx", x(line.curve.epoch(e)), "cy",
                            y(line.curve.value(e)), "r", 3.2)
                            .element("title", Say.format("%s, epoch %d: %s", line.name, line.curve.epoch(e),
                                    Say.value(line.curve.value(e))))
                            .close("circle");
                }
            }
            svg.element("text", line.name, "class", "label " + line.style, "x", WIDTH - RIGHT + 8, "y", labels[i] + 4);
        }
        return svg.close("svg");
    }

    private void grid(Markup svg) {
        double step = logarithmic ? Math.ceil((high - low) / 6) : nice((high - low) / 5);
        for (double v = Math.ceil(low / step) * step; v <= high; v += step) {
            svg.empty("line", "class", "grid", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", height(v), "y2", height(v));
            svg.element("text", logarithmic ? power(v) : tick(v, step), "class", "tick", "x", LEFT - 8, "y",
                    height(v) + 4, "text-anchor", "end");
        }
        int every = (int) Math.max(1, nice((lastEpoch - firstEpoch) / 10.0));
        for (int e = firstEpoch; e <= lastEpoch; e++) {
            if (e != firstEpoch && e % every != 0) continue;
            svg.element("text", String.valueOf(e), "class", "tick", "x", x(e), "y", HEIGHT - BOTTOM + 20, "text-anchor",
                    "middle");
        }
        svg.element("text", "epoch", "class", "tick beside", "x", WIDTH - RIGHT + 24, "y", HEIGHT - BOTTOM + 20);
    }

    private static String tick(double v, double step) {
        double value = Math.abs(v) < step / 1e6 ? 0 : v;
        if (step >= 1) return Math.abs(value) >= 1e5 ? Say.value(value) : Say.format("%.0f", value);
        return Say.format("%." + Math.min(6, (int) Math.ceil(-Math.log10(step))) + "f", value);
    }

    /// A power of ten without a mantissa.
    private static String power(double exponent) {
        return Math.abs(exponent) > 3
                ? Say.format("1e%.0f", exponent)
                : Say.format("%." + (int) Math.max(0, -exponent) + "f", Math.pow(10, exponent));
    }

    /// 1, 2 or 5 times a power of ten, not below `x`.
    static double nice(double x) {
        if (!(x > 0)) return 1;
        double power = Math.pow(10, Math.floor(Math.log10(x)));
        double lead = x / power;
        return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
    }

    /// Heights of the names at the right end, pushed apart where curves end together.
    private double[] labels() {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < lines.size(); i++) order.add(i);
        order.sort(java.util.Comparator.comparingDouble(i -> y(lines.get(i).curve.last())));
        var heights = new double[lines.size()];
        double above = Double.NEGATIVE_INFINITY;
        for (int i : order) {
            heights[i] = Math.max(above + 16, y(lines.get(i).curve.last()));
            above = heights[i];
        }
        double excess = Math.max(0, above - (HEIGHT - BOTTOM));
        for (int i = 0; i < heights.length; i++) heights[i] -= excess;
        return heights;
    }

    private String points(Curve curve) {
        var points = new StringBuilder();
        for (int i = 0; i < curve.size(); i++) {
            points.append(Say.format("%.1f,%.1f ", x(curve.epoch(i)), y(curve.value(i))));
        }
        return points.toString().strip();
    }

    private double x(int epoch) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (epoch - firstEpoch) / (lastEpoch - firstEpoch);
    }

    private double y(double value) {
        return height(logarithmic ? Math.log10(value) : value);
    }

    /// Where a value of the axis lies, logarithms on a logarithmic one.
    private double height(double value) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low);
    }
}
