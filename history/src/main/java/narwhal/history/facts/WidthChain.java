package narwhal.history.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Widths of layers in a row: `Dense 30-30-1`, `128 -> 64 -> 20`, `784-512-10`; three or more, or two behind a layer's name or with an arrow.
///
/// @param widths in their order
/// @param end index of the token behind them
record WidthChain(List<Long> widths, int end) {
    private static final long WIDEST = 1_000_000;

    /// The chain that begins at a token; empty where none does.
    static Optional<WidthChain> of(Sentence text, int start) {
        int i = start;
        boolean net = text.at(i).is("mlp", "net", "network");
        if (net) i++;
        boolean named = text.at(i).isWord() && LayerNames.kind(text.at(i).text()).filter("Dense"::equals).isPresent()
                && !text.at(i).is("linear");
        if (named) i++;
        if (text.at(i).is("layers", ":", "widths")) i++;
        var widths = new ArrayList<Long>();
        int k = i;
        while (text.at(k).whole() > 0 && text.at(k).whole() < WIDEST) {
            widths.add(text.at(k).whole());
            boolean joined = text.at(k + 1).is("->", "-", "–", ">", "=>", "→") || net && text.at(k + 1).is("/");
            if (!joined || text.at(k + 2).whole() <= 0) {
                k++;
                break;
            }
            k += 2;
        }
        // In `784 -> 7 x Linear 128` the 7 is no width.
        if (text.at(k).is("x", "×", "*") && widths.size() > 1) {
            widths.removeLast();
            k--;
        }
        boolean arrows = i + 1 < text.size() && text.at(i + 1).is("->", "→");
        if (text.at(i - 1).is(":") && widths.size() == 2) return Optional.empty();
        boolean enough = widths.size() >= 3 || widths.size() == 2 && (named || arrows);
        boolean date = !named && !arrows && looksLikeDate(widths);
        return enough && !date ? Optional.of(new WidthChain(List.copyOf(widths), k)) : Optional.empty();
    }

    private static boolean looksLikeDate(List<Long> widths) {
        return widths.size() == 3 && (isYear(widths.getFirst()) || isYear(widths.getLast()));
    }

    private static boolean isYear(long width) {
        return width >= 1990 && width <= 2100;
    }
}
