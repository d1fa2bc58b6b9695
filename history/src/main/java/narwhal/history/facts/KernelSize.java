package narwhal.history.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Height and width of a kernel or a window: `7x7`, `(2,2)`, `(2, 2)`, `2`.
///
/// @param sizes both of them
/// @param tokens how many tokens say it
/// @param end index of the token behind it
record KernelSize(List<Long> sizes, int tokens, int end) {
    /// The size that begins at a token; empty where none does.
    static Optional<KernelSize> of(Sentence text, int start) {
        int end = end(text, start);
        if (end == start) return Optional.empty();
        var sizes = new ArrayList<Long>();
        for (int i = start; i < end; i++) {
            if (text.at(i).whole() > 0) sizes.add(text.at(i).whole());
            else if (isTimes(text, i)) sizes.add(Long.parseLong(text.at(i).text().substring(1)));
        }
        if (sizes.size() == 1) sizes.add(sizes.getFirst());
        return Optional.of(new KernelSize(sizes, end - start, end));
    }

    private static int end(Sentence text, int start) {
        int i = text.at(start).is("(") ? start + 1 : start;
        if (text.at(i).whole() <= 0) return start;
        i++;
        if (isTimes(text, i)) return i + 1;
        if (text.at(i).is(",", "x") && text.at(i + 1).whole() > 0) i += 2;
        return text.at(i).is(")") ? i + 1 : i;
    }

    /// The `x7` of `7x7`.
    private static boolean isTimes(Sentence text, int i) {
        return text.at(i).isWord() && text.at(i).text().matches("x\\d{1,3}");
    }
}
