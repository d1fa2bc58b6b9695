package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import narwhal.history.log.Role;
import org.jspecify.annotations.Nullable;

/// Which of the numbers of a printed line are metrics, and which are learning rates, times and other things beside them.
final class PrintedMetrics {
    private static final int FEWEST_TESTED = 1_000;

    /// The metric of numbers of which only the role is said.
    static final String UNNAMED = "unnamed";

    private PrintedMetrics() {
    }

    /// The numbers with the name of a metric; empty if none of them is one that people print.
    static List<PrintedRoles.Named> of(List<PrintedPairs.Pair> pairs) {
        var named = new ArrayList<PrintedRoles.Named>();
        for (int k = 0; k < pairs.size(); k++) {
            var pair = pairs.get(k);
            var joined = countedSet(pairs, k);
            if (joined != null) {
                named.add(joined);
                k++;
                continue;
            }
            if (k > 0 && pair.name().isEmpty() && pair.percent() && !named.isEmpty()
                    && named.getLast().pair() == pairs.get(k - 1) && isOnly(pairs.get(k - 1))) {
                var role = named.removeLast().parsed().role();
                named.add(new PrintedRoles.Named(pairs.get(k - 1), new Names.Parsed(role, "loss", true)));
                named.add(new PrintedRoles.Named(pair, new Names.Parsed(role, "accuracy", true)));
                continue;
            }
            var two = twoMetrics(pairs, k);
            if (!two.isEmpty()) {
                named.addAll(two);
                k++;
                continue;
            }
            if (isBrokenGradient(pair)) {
                named.add(new PrintedRoles.Named(pair,
                        new Names.Parsed(Optional.of(Role.TRAINING), "grad_norm", true)));
                continue;
            }
            if (isRate(pair) || isAside(pair) || isOfBatch(pairs, pair) || isCount(pair)) continue;
            var parsed = Names.free(pair.name());
            boolean roleOnly = parsed.name().isEmpty() && parsed.role().isPresent();
            if (roleOnly && (pair.percent() || pair.hits() >= 0) && !pair.bracket()) {
                named.add(new PrintedRoles.Named(pair, new Names.Parsed(parsed.role(), "accuracy", true)));
            } else if (roleOnly && isScore(pair)) {
                named.add(new PrintedRoles.Named(pair, new Names.Parsed(parsed.role(), whatIsScored(pairs, k), true)));
            } else if (parsed.known() && isMeasured(pair)
                    || pair.named() && isIdentifier(pair.name()) && !parsed.name().isEmpty()) {
                named.add(new PrintedRoles.Named(pair, parsed));
            }
        }
        if (named.stream().noneMatch(value -> value.parsed().known())) named.addAll(shares(pairs));
        var hits = pairs.size() == 2 ? pairs.get(1) : null;
        if (hits != null && PrintedPairs.isEpochWord(pairs.getFirst().lastWord()) && isCountOfHits(hits))
            named.add(new PrintedRoles.Named(hits, new Names.Parsed(Optional.of(Role.TEST), UNNAMED, true)));
        boolean any = named.stream().anyMatch(value -> value.parsed().known());
        return any ? named : List.of();
    }

    /// `Q3_train: 71.2%, Q3_test: 69.6%`: percentages of training and of held-out images under a name of their own are shares of right
    /// answers.
    private static List<PrintedRoles.Named> shares(List<PrintedPairs.Pair> pairs) {
        var shares = pairs.stream().filter(PrintedPairs.Pair::percent).filter(pair -> !isAside(pair))
                .map(pair -> new PrintedRoles.Named(pair,
                        new Names.Parsed(Names.free(pair.name()).role(), "accuracy", true)))
                .toList();
        var roles = shares.stream().map(share -> share.parsed().role()).toList();
        boolean both = roles.size() == 2 && roles.contains(Optional.of(Role.TRAINING))
                && !roles.get(0).equals(roles.get(1))
                && roles.stream().allMatch(Optional::isPresent);
        return both ? shares : List.of();
    }

    /// The norm of a gradient is no metric, unless it is not a number.
    private static boolean isBrokenGradient(PrintedPairs.Pair pair) {
        return pair.name().contains("grad") && !Readings.of(pair.text()).finite();
    }

    /// Lightning's `train_loss_step` beside `train_loss_epoch`.
    private static boolean isOfBatch(List<PrintedPairs.Pair> pairs, PrintedPairs.Pair pair) {
        if (!pair.name().endsWith("_step")) return false;
        var epoch = pair.name().substring(0, pair.name().length() - 4) + "epoch";
        return pairs.stream().anyMatch(other -> other.name().equals(epoch));
    }

    /// `Train loss/acc: 0.43 0.91` names two numbers at once.
    private static List<PrintedRoles.Named> twoMetrics(List<PrintedPairs.Pair> pairs, int k) {
        var pair = pairs.get(k);
        int slash = pair.name().indexOf('/');
        if (slash < 0 || k + 1 >= pairs.size() || !pairs.get(k + 1).name().isEmpty()) return List.of();
        var first = Names.free(pair.name().substring(0, slash));
        var second = Names.free(pair.name().substring(slash + 1));
        if (!first.known() || !second.known()) return List.of();
        var role = first.role().or(second::role);
        return List.of(new PrintedRoles.Named(pair, new Names.Parsed(role, first.name(), true)),
                new PrintedRoles.Named(pairs.get(k + 1), new Names.Parsed(role, second.name(), true)));
    }

    /// `Epoch 3: 9045 / 10000` of a well-known textbook.
    private static boolean isCountOfHits(PrintedPairs.Pair pair) {
        return pair.name().isEmpty() && !pair.bracket() && pair.of() >= FEWEST_TESTED && pair.whole() >= 0
                && pair.whole() < pair.of();
    }

    /// A number with a fraction, such as no count of images has.
    private static boolean isScore(PrintedPairs.Pair pair) {
        return pair.whole() < 0 && pair.of() < 0 && !pair.bracket() && pair.unit().isEmpty();
    }

    /// What `Train: 0.95, Val: 0.78` are. `LOSS train 0.5 valid 0.6` goes on with its metric; beside the loss without a role there are
    /// accuracies; by themselves they are what the curve will tell.
    private static String whatIsScored(List<PrintedPairs.Pair> pairs, int k) {
        for (int before = k - 1; before >= 0; before--) {
            var parsed = Names.free(pairs.get(before).name());
            if (parsed.name().isEmpty() && parsed.role().isPresent()) continue;
            if (!parsed.known()) break;
            if (parsed.role().isPresent()) return parsed.name();
            return scoresTraining(pairs) && parsed.name().equals("loss") ? "accuracy" : UNNAMED;
        }
        boolean loss = pairs.stream().map(pair -> Names.free(pair.name()))
                .anyMatch(name -> name.name().equals("loss") && name.role().isEmpty());
        return loss && scoresTraining(pairs) ? "accuracy" : UNNAMED;
    }

    private static boolean scoresTraining(List<PrintedPairs.Pair> pairs) {
        return pairs.stream().filter(PrintedMetrics::isOnly)
                .anyMatch(pair -> Names.free(pair.name()).role().filter(Role.TRAINING::equals).isPresent());
    }

    /// A number of which only the role is said.
    static boolean isOnly(PrintedPairs.Pair pair) {
        var parsed = Names.free(pair.name());
        return parsed.name().isEmpty() && parsed.role().isPresent() && isScore(pair);
    }

    /// `correct: 53` counts images of a set of unknown size.
    private static boolean isCount(PrintedPairs.Pair pair) {
        boolean share = pair.percent() || pair.of() > 0 || pair.hits() >= 0;
        return pair.lastWord().endsWith("correct") && !share && pair.whole() >= 0;
    }

    /// A whole number that only stands beside a name (`loss 3 times`) is no value of it.
    private static boolean isMeasured(PrintedPairs.Pair pair) {
        return pair.named() || pair.percent() || pair.of() > 0 || pair.hits() >= 0 || pair.whole() < 0;
    }

    /// `Accuracy of the network on the 10000 test images: 55 %`, also of 10000.0 images.
    private static PrintedRoles.@Nullable Named countedSet(List<PrintedPairs.Pair> pairs, int k) {
        if (k + 1 >= pairs.size()) return null;
        var pair = pairs.get(k);
        var next = pairs.get(k + 1);
        var lower = next.name().toLowerCase(Locale.ROOT);
        boolean set = lower.contains("images") || lower.contains("samples") || lower.contains("examples")
                || lower.contains("sentences");
        var count = pair.text().endsWith(".0") ? pair.text().substring(0, pair.text().length() - 2) : pair.text();
        if (!set || Readings.whole(count, 0, count.length()) < 2 || pair.named() || pair.of() >= 0) return null;
        var parsed = Names.free(pair.name() + " " + next.name());
        return parsed.known() ? new PrintedRoles.Named(next, parsed) : null;
    }

    /// Whether a pair is the learning rate.
    static boolean isRate(PrintedPairs.Pair pair) {
        return RATE.of(pair.name());
    }

    private static final Memo<Boolean> RATE = new Memo<>(original -> {
        var name = original.toLowerCase(Locale.ROOT);
        return name.equals("lr") || name.endsWith("learning rate") || name.endsWith("learning_rate")
                || name.endsWith(" lr") || name.endsWith("_lr") || name.startsWith("lr_") || name.endsWith("lrs")
                || name.equals("learning-rate");
    });

    /// Whether a pair is about time, size or place, or about another epoch (`best so far`).
    static boolean isAside(PrintedPairs.Pair pair) {
        if (pair.name().isEmpty() || ASIDE.of(pair.name())) return true;
        return !pair.unit().isEmpty() && !pair.unit().equals("e") && !pair.unit().startsWith("/");
    }

    /// `Cost on training data` is no time that the data took.
    private static final Set<String> WHOSE = Set.of("data", "images", "samples", "examples");

    private static final Memo<Boolean> ASIDE = new Memo<>(name -> {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("best") || lower.contains("so far") || lower.startsWith("min ") || lower.startsWith("max ")
                || lower.contains("previous") || lower.contains("delta") || lower.contains("target")
                || lower.contains("class ") || lower.contains("runtime"))
            return true;
        var last = lower.substring(lower.lastIndexOf(' ') + 1);
        boolean whose = lower.contains(" on ") && WHOSE.contains(last);
        if (last.endsWith("_epoch") && Names.free(last.substring(0, last.length() - 6)).known()) return false;
        return !whose && Names.isBookkeeping(last) || Names.isBookkeeping(lower) && !Names.free(name).known();
    });

    private static boolean isIdentifier(String name) {
        return name.indexOf(' ') < 0 && name.length() <= 40 && !Names.isBookkeeping(name);
    }
}
