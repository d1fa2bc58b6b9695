package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import narwhal.history.log.Role;
import narwhal.history.readers.PrintedPairs.Pair;
import narwhal.history.readers.PrintedRoles.Named;

/// Which of the numbers of a printed line are metrics, and which are learning rates, times and other things beside them.
final class PrintedMetrics {
    /// The metric of numbers of which only the role is said.
    static final String UNNAMED = "unnamed";

    private static final int FEWEST_TESTED = 1_000;

    private final List<Pair> pairs;
    private final List<Named> named = new ArrayList<>();

    private PrintedMetrics(List<Pair> pairs) {
        this.pairs = pairs;
    }

    /// The numbers with the name of a metric; empty if none of them is one that people print.
    static List<Named> of(List<Pair> pairs) {
        var line = new PrintedMetrics(pairs);
        for (int k = 0; k < pairs.size();) k += line.take(k);
        if (!line.isAnyKnown()) line.shares();
        line.hits();
        return line.isAnyKnown() ? line.named : List.of();
    }

    private boolean isAnyKnown() {
        for (var value : named) if (value.parsed().known()) return true;
        return false;
    }

    private void add(Pair pair, Optional<Role> role, String metric) {
        named.add(new Named(pair, new Names.Parsed(role, metric, true)));
    }

    /// Takes what begins at a number.
    ///
    /// @return how many numbers it is made of
    private int take(int k) {
        if (k + 1 < pairs.size() && (countedSet(k) || twoMetrics(k) || lossAndShare(k))) return 2;
        single(k);
        return 1;
    }

    private void single(int k) {
        var pair = pairs.get(k);
        if (isBrokenGradient(pair)) add(pair, Optional.of(Role.TRAINING), "grad_norm");
        if (isRate(pair) || isAside(pair) || isOfBatch(pair) || isCount(pair)) return;
        var parsed = Names.free(pair.name());
        boolean roleOnly = parsed.name().isEmpty() && parsed.role().isPresent();
        if (roleOnly && (pair.percent() || pair.hits() >= 0) && !pair.bracket()) {
            add(pair, parsed.role(), "accuracy");
        } else if (roleOnly && isScore(pair)) {
            add(pair, parsed.role(), whatIsScored(k));
        } else if (parsed.known() && isMeasured(pair)
                || pair.named() && isIdentifier(pair.name()) && !parsed.name().isEmpty()) {
            named.add(new Named(pair, parsed));
        }
    }

    // ------------------------------------------------------------------------------------------------ two numbers at once

    /// `Accuracy of the network on the 10000 test images: 55 %`, also of 10000.0 images.
    private boolean countedSet(int k) {
        var pair = pairs.get(k);
        var next = pairs.get(k + 1);
        var lower = next.name().toLowerCase(Locale.ROOT);
        boolean set = lower.contains("images") || lower.contains("samples") || lower.contains("examples")
                || lower.contains("sentences");
        var count = pair.text().endsWith(".0") ? pair.text().substring(0, pair.text().length() - 2) : pair.text();
        if (!set || Readings.whole(count, 0, count.length()) < 2 || pair.named() || pair.of() >= 0) return false;
        var parsed = Names.free(pair.name() + " " + next.name());
        if (parsed.known()) named.add(new Named(next, parsed));
        return parsed.known();
    }

    /// `Train loss/acc: 0.43 0.91` names two numbers at once.
    private boolean twoMetrics(int k) {
        var pair = pairs.get(k);
        int slash = pair.name().indexOf('/');
        if (slash < 0 || !pairs.get(k + 1).name().isEmpty()) return false;
        var first = Names.free(pair.name().substring(0, slash));
        var second = Names.free(pair.name().substring(slash + 1));
        if (!first.known() || !second.known()) return false;
        var role = first.role().or(second::role);
        add(pair, role, first.name());
        add(pairs.get(k + 1), role, second.name());
        return true;
    }

    /// `Train: 0.43 (87.2%)`.
    private boolean lossAndShare(int k) {
        var pair = pairs.get(k);
        var next = pairs.get(k + 1);
        if (!isOnly(pair) || !next.name().isEmpty() || !next.percent()) return false;
        var role = Names.free(pair.name()).role();
        add(pair, role, "loss");
        add(next, role, "accuracy");
        return true;
    }

    // ------------------------------------------------------------------------------------------------ numbers without a metric

    /// `Q3_train: 71.2%, Q3_test: 69.6%`: percentages of training and of held-out images under a name of their own are shares of right
    /// answers.
    private void shares() {
        var shares = pairs.stream().filter(pair -> pair.percent() && !isAside(pair)).toList();
        var roles = shares.stream().map(pair -> Names.free(pair.name()).role()).toList();
        boolean both = roles.size() == 2 && roles.contains(Optional.of(Role.TRAINING))
                && !roles.getFirst().equals(roles.getLast()) && roles.stream().allMatch(Optional::isPresent);
        if (!both) return;
        for (var pair : shares) add(pair, Names.free(pair.name()).role(), "accuracy");
    }

    /// `Epoch 3: 9045 / 10000` of a well-known textbook.
    private void hits() {
        if (pairs.size() != 2 || !PrintedPairs.isEpochWord(pairs.getFirst().lastWord())) return;
        var pair = pairs.getLast();
        boolean hits = pair.name().isEmpty() && !pair.bracket() && pair.of() >= FEWEST_TESTED && pair.whole() >= 0
                && pair.whole() < pair.of();
        if (hits) add(pair, Optional.of(Role.TEST), UNNAMED);
    }

    /// What `Train: 0.95, Val: 0.78` are. `LOSS train 0.5 valid 0.6` goes on with its metric; beside the loss without a role there are
    /// accuracies; by themselves they are what the curve will tell.
    private String whatIsScored(int k) {
        for (int before = k - 1; before >= 0; before--) {
            var parsed = Names.free(pairs.get(before).name());
            if (parsed.name().isEmpty() && parsed.role().isPresent()) continue;
            if (!parsed.known()) break;
            if (parsed.role().isPresent()) return parsed.name();
            return scoresTraining() && parsed.name().equals("loss") ? "accuracy" : UNNAMED;
        }
        boolean loss = pairs.stream().map(pair -> Names.free(pair.name()))
                .anyMatch(name -> name.name().equals("loss") && name.role().isEmpty());
        return loss && scoresTraining() ? "accuracy" : UNNAMED;
    }

    private boolean scoresTraining() {
        return pairs.stream().filter(PrintedMetrics::isOnly)
                .anyMatch(pair -> Names.free(pair.name()).role().filter(Role.TRAINING::equals).isPresent());
    }

    // ------------------------------------------------------------------------------------------------ kinds of numbers

    /// The norm of a gradient is no metric, unless it is not a number.
    private static boolean isBrokenGradient(Pair pair) {
        return pair.name().contains("grad") && !Readings.of(pair.text()).finite();
    }

    /// Lightning's `train_loss_step` beside `train_loss_epoch`.
    private boolean isOfBatch(Pair pair) {
        if (!pair.name().endsWith("_step")) return false;
        var epoch = pair.name().substring(0, pair.name().length() - 4) + "epoch";
        return pairs.stream().anyMatch(other -> other.name().equals(epoch));
    }

    /// A number with a fraction, such as no count of images has.
    private static boolean isScore(Pair pair) {
        return pair.whole() < 0 && pair.of() < 0 && !pair.bracket() && pair.unit().isEmpty();
    }

    /// A number of which only the role is said.
    static boolean isOnly(Pair pair) {
        var parsed = Names.free(pair.name());
        return parsed.name().isEmpty() && parsed.role().isPresent() && isScore(pair);
    }

    /// `correct: 53` counts images of a set of unknown size.
    private static boolean isCount(Pair pair) {
        boolean share = pair.percent() || pair.of() > 0 || pair.hits() >= 0;
        return pair.lastWord().endsWith("correct") && !share && pair.whole() >= 0;
    }

    /// A whole number that only stands beside a name (`loss 3 times`) is no value of it.
    private static boolean isMeasured(Pair pair) {
        return pair.named() || pair.percent() || pair.of() > 0 || pair.hits() >= 0 || pair.whole() < 0;
    }

    /// Whether a pair is the learning rate.
    static boolean isRate(Pair pair) {
        return RATE.of(pair.name());
    }

    /// How the rate changes is no rate: `lr_factor=1`.
    private static final List<String> CHANGES = List.of("factor", "epoch", "decay", "step", "gamma", "mult", "patience",
            "warm", "drop");

    private static final Memo<Boolean> RATE = new Memo<>(original -> {
        var name = original.toLowerCase(Locale.ROOT);
        if (CHANGES.stream().anyMatch(name::contains)) return false;
        return name.equals("lr") || name.endsWith("learning rate") || name.endsWith("learning_rate")
                || name.endsWith(" lr") || name.endsWith("_lr") || name.startsWith("lr_") || name.endsWith("lrs")
                || name.equals("learning-rate");
    });

    /// Whether a pair is about time, size or place, or about another epoch (`best so far`).
    static boolean isAside(Pair pair) {
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
        if (lower.endsWith("error rate") || lower.endsWith("err rate") || lower.endsWith(" over epoch")) return false;
        var last = lower.substring(lower.lastIndexOf(' ') + 1);
        boolean whose = lower.contains(" on ") && WHOSE.contains(last);
        if (last.endsWith("_epoch") && Names.free(last.substring(0, last.length() - 6)).known()) return false;
        return !whose && Names.isBookkeeping(last) || Names.isBookkeeping(lower) && !Names.free(name).known();
    });

    private static boolean isIdentifier(String name) {
        return name.indexOf(' ') < 0 && name.length() <= 40 && !Names.isBookkeeping(name);
    }
}
