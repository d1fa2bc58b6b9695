package narwhal.doctor.report;

import narwhal.doctor.Case;
import narwhal.doctor.Say;
import narwhal.doctor.forensics.ScoringLoop;

/// Which part of the validation list each epoch scored: a column for each epoch, the list from top to bottom.
final class WindowStrip {
    private static final double WIDTH = 860;
    private static final double HEIGHT = 160;
    private static final double LEFT = 56;
    private static final double RIGHT = 130;
    private static final double TOP = 6;
    private static final double BOTTOM = 34;
    private static final int MOST_EPOCHS = 80;

    private WindowStrip() {
    }

    static Markup svg(Case run, ScoringLoop loop) {
        var epochs = run.rawValidationAccuracy().epochs();
        var evaluations = run.scoring().evaluations();
        int shown = Math.min(MOST_EPOCHS, evaluations.length);
        double column = (WIDTH - LEFT - RIGHT) / shown;
        int n = loop.set().batches();
        var title = Say.format("Part of the validation list scored in each of the first %d epochs", shown);
        var svg = new Markup().open("svg", "viewBox", Say.format("0 0 %.0f %.0f", WIDTH, HEIGHT), "role", "img",
                "aria-label", title);
        svg.element("title", title);
        for (int e = 0; e < shown; e++) {
            double x = LEFT + e * column;
            svg.empty("rect", "class", "unseen", "x", x + 0.5, "y", TOP, "width", Math.max(1, column - 1), "height",
                    HEIGHT - TOP - BOTTOM);
            var window = loop.window(evaluations[e]);
            int length = Math.min(n, window.batches());
            int first = window.first();
            int straight = Math.min(length, n - first);
            piece(svg, x, column, first, straight, n);
            if (length > straight) piece(svg, x, column, 0, length - straight, n);
            if (e == 0 || epochs[e] % Math.max(1, (int) Chart.nice(shown / 10.0)) == 0) {
                svg.element("text", String.valueOf(epochs[e]), "class", "tick", "x", x + column / 2, "y",
                        HEIGHT - BOTTOM + 20,
                        "text-anchor", "middle");
            }
        }
        svg.element("text", "1", "class", "tick", "x", LEFT - 8, "y", TOP + 10, "text-anchor", "end");
        svg.element("text", String.valueOf(loop.set().images()), "class", "tick", "x", LEFT - 8, "y", HEIGHT - BOTTOM,
                "text-anchor", "end");
        svg.element("text", "scored", "class", "label validation", "x", WIDTH - RIGHT + 8, "y", TOP + 14);
        svg.element("text", "not looked at", "class", "tick beside", "x", WIDTH - RIGHT + 8, "y", TOP + 32);
        return svg.close("svg");
    }

    private static void piece(Markup svg, double x, double column, int first, int batches, int n) {
        double height = HEIGHT - TOP - BOTTOM;
        svg.empty("rect", "class", "seen", "x", x + 0.5, "y", TOP + height * first / n, "width",
                Math.max(1, column - 1),
                "height", Math.max(1, height * batches / n));
    }
}
