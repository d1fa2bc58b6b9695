package narwhal.history.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How many images each class has, behind the number of classes and by name: `3 classes: Castle 990, Tree house 29, Lighthouse 332
/// images`, `two classes (cat: 120, dog: 1100)`, `class counts in training 418, 179, 174, 109`.
final class NamedCounts {
    private static final Pattern CLASSES = Pattern
            .compile("(?i)\\b(\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten) classes ?[:(] ?");
    private static final Pattern NAMED = Pattern
            .compile(
                    "\\G(?:and )?[\\p{L}][\\p{L}\\d_ '-]{0,40}?[ :=]{1,3}(\\d{1,7})(?: images| samples)?(?: and |[,;] ?|\\)|\\.|$| )");
    private static final Pattern BARE = Pattern
            .compile("(?i)\\bclass counts\\b[^\\d.;]{0,30}(\\d{1,7}(?:, ?\\d{1,7}){1,99})\\b");

    private NamedCounts() {
    }

    static Optional<Counts> of(String line) {
        var bare = BARE.matcher(line);
        if (bare.find()) {
            return Optional
                    .of(new Counts(Pattern.compile(", ?").splitAsStream(bare.group(1)).map(Long::valueOf).toList()));
        }
        var classes = CLASSES.matcher(line);
        if (!classes.find()) return Optional.empty();
        long wanted = (long) Tokens.of(classes.group(1)).getFirst().number();
        var named = NAMED.matcher(line).region(classes.end(), line.length());
        List<Long> counts = new ArrayList<>();
        while (counts.size() < wanted && named.find()) counts.add(Long.valueOf(named.group(1)));
        return counts.size() == wanted && wanted > 1 ? Optional.of(new Counts(counts)) : Optional.empty();
    }
}
