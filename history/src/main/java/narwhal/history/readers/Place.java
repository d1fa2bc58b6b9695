package narwhal.history.readers;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import narwhal.history.log.Role;
import org.jspecify.annotations.Nullable;

/// What a line says about its place.
///
/// @param epoch -1 if it names none
/// @param total -1 if it names none
/// @param fractional whether the epoch is not a whole number
/// @param step the step or batch it names, -1 if none
/// @param steps -1 if it names none
/// @param samples whether the step counts images
/// @param worded whether the epoch is called one, and is no bare number in front
record Place(int epoch, int total, boolean fractional, long step, long steps, boolean samples, boolean worded) {
    private static final Set<String> STEP_WORDS = Set.of("batch", "step", "iter", "iteration", "it", "minibatch",
            "mini-batch", "batches",
            "steps", "iters", "batch_idx", "global_step", "iterations", "batch_id", "itr", "global_iter", "i",
            "update");

    /// Of federated learning.
    private static final Set<String> ROUNDS = Set.of("communication round", "global round", "federated round");

    boolean hasEpoch() {
        return epoch >= 0;
    }

    boolean hasStep() {
        return step >= 0 || fractional;
    }

    /// `17/391, train_loss: 0.71` within an epoch that is called so: the number is that of a batch.
    Place asStep() {
        return new Place(-1, -1, false, epoch, total, false, false);
    }

    /// What a line says, from its numbers and its bar.
    static Place of(String line, List<PrintedPairs.Pair> pairs, ProgressBars.@Nullable Bar bar) {
        int epoch = isTrainingPass(line, pairs) ? (int) pairs.getFirst().whole() : -1;
        int total = -1;
        long step = -1;
        long steps = -1;
        boolean fractional = false;
        boolean samples = false;
        for (int k = 0; k < pairs.size(); k++) {
            var pair = pairs.get(k);
            var word = pair.lastWord();
            if (epoch < 0 && pair.unit().isEmpty() && isEpochName(pair.name(), word)) {
                double value = Readings.value(pair.text());
                if (!(value >= 0 && value < 1e8)) continue;
                epoch = (int) Math.ceil(value);
                fractional = value != epoch;
                total = pair.of() > 0 && pair.of() < 1e8 ? (int) pair.of() : ofTotal(pairs, k);
            } else if (step < 0 && isStepName(pair, word)) {
                step = Math.max(0, pair.whole());
                steps = pair.of();
            } else if (step < 0 && pair.of() > 0 && isStep(line, pair, epoch >= 0)) {
                step = pair.whole();
                steps = pair.of();
                samples = line.contains("%)]");
            }
        }
        if (epoch < 0 && !pairs.isEmpty()) {
            var leading = leading(line, pairs);
            if (leading != null) return leading;
        }
        if (bar != null && step < 0) {
            step = bar.done();
            steps = bar.total();
        }
        return new Place(epoch, total, fractional, step, steps, samples, epoch >= 0);
    }

    /// `Epoch`, `Train Epoch`, `end of epoch`, but also `Epoch(val)`.
    private static boolean isEpochName(String name, String word) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("best") || lower.contains("per ")) return false;
        // `Training acc over epoch: 0.91`
        if (lower.length() > 8 && Names.free(name).known()) return false;
        if (PrintedPairs.isEpochWord(word)) return true;
        if (!lower.startsWith("epoch ")) return word.equals("round") && (name.length() < 12 || ROUNDS.contains(lower));
        return Names.role(word).isPresent() && lower.length() < 20;
    }

    private static boolean isStepName(PrintedPairs.Pair pair, String word) {
        if (!STEP_WORDS.contains(word) || pair.whole() < 0) return false;
        if (word.equals("i") || word.equals("it")) return pair.named() || pair.of() > 0;
        return !pair.name().toLowerCase(Locale.ROOT).contains("per ")
                && !pair.name().toLowerCase(Locale.ROOT).contains("time");
    }

    /// `[640/60000 (1%)]` behind an epoch, `17/469 batches`, `Train [17/469]`.
    private static boolean isStep(String line, PrintedPairs.Pair pair, boolean behindEpoch) {
        boolean bracket = pair.bracket() && pair.whole() >= 0;
        boolean counts = pair.name().isEmpty() ? behindEpoch : Names.role(pair.name()).isPresent();
        return bracket && counts || followedByBatches(line, pair);
    }

    private static boolean followedByBatches(String line, PrintedPairs.Pair pair) {
        if (!pair.name().isEmpty()) return false;
        int at = line.indexOf("batches");
        if (at < 0) at = line.indexOf("steps");
        if (at < 0) at = line.indexOf("iters");
        if (at < 0) return false;
        int k = at;
        while (k > 0 && line.charAt(k - 1) == ' ') k--;
        return line.startsWith(Long.toString(pair.of()), k - Long.toString(pair.of()).length());
    }

    /// `Train: 3 [ 100/1251 (  8%)]`: the number of the pass stands before that of the batch.
    private static boolean isTrainingPass(String line, List<PrintedPairs.Pair> pairs) {
        if (pairs.size() < 2 || !line.startsWith("Train")) return false;
        var first = pairs.getFirst();
        var second = pairs.get(1);
        return Names.role(first.name()).filter(Role.TRAINING::equals).isPresent()
                && first.whole() >= 0 && first.whole() < 1e8 && first.of() < 0 && !first.bracket()
                && second.name().isEmpty() && second.bracket() && second.of() > 0;
    }

    /// `Epoch 3 of 10`.
    private static int ofTotal(List<PrintedPairs.Pair> pairs, int k) {
        if (k + 1 >= pairs.size()) return -1;
        var next = pairs.get(k + 1);
        boolean of = next.name().equalsIgnoreCase("of") || next.name().equalsIgnoreCase("out of");
        return of && next.whole() > 0 && next.whole() < 1e8 ? (int) next.whole() : -1;
    }

    /// `[1/10] loss: …`, `[1,  2000] loss: …`, `[0/25][0/1583] loss`, `3: loss …`, `3/10 | loss …` name an epoch without the word.
    private static @Nullable Place leading(String line, List<PrintedPairs.Pair> pairs) {
        var first = pairs.getFirst();
        if (!first.name().isEmpty() || first.whole() < 0 || first.whole() >= 1e8 || !first.unit().isEmpty()
                || first.percent())
            return null;
        int at = LineCleaning.skipBlanks(line, 0);
        boolean bracket = at < line.length() && (line.charAt(at) == '[' || line.charAt(at) == '(');
        if (!bracket && (at >= line.length() || !Readings.isDigit(line.charAt(at)))) return null;
        int epoch = (int) first.whole();
        var second = pairs.size() > 1 ? pairs.get(1) : null;
        boolean secondIsStep = second != null && second.name().isEmpty() && second.whole() >= 0
                && (second.bracket() || bracket);
        if (bracket && secondIsStep && second != null) {
            return new Place(epoch, (int) Math.min(first.of(), 100_000_000), false, second.whole(), second.of(), false,
                    false);
        }
        if (first.of() > 0)
            return new Place(epoch, (int) Math.min(first.of(), 100_000_000), false, -1, -1, false, false);
        int end = at;
        while (end < line.length()
                && (Readings.isDigit(line.charAt(end)) || line.charAt(end) == '[' || line.charAt(end) == '('))
            end++;
        if (end >= line.length() || ":|,)]\t".indexOf(line.charAt(end)) < 0) return null;
        return new Place(epoch, -1, false, -1, -1, false, false);
    }
}
