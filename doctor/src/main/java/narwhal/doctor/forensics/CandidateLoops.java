package narwhal.doctor.forensics;

import java.util.EnumSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The evaluation loops that a set of known size allows, in a fixed order: all batch sizes up to [#LARGEST_BATCH], all step counts that
/// follow from dividing the set by such a size, every life an iterator can have. Each has a weight: what people choose and what is
/// stated weighs more.
final class CandidateLoops {
    static final int LARGEST_BATCH = 512;
    /// How many batches an iterator may fetch ahead and throw away.
    static final int MOST_LOST = 12;
    static final int MOST_PASSES = 3;
    private static final double USUAL_WEIGHT = 20;
    private static final double STATED_WEIGHT = 10;

    private final KnownLoop known;
    private final long images;

    CandidateLoops(KnownLoop known, long images) {
        this.known = known;
        this.images = images;
    }

    /// The life of an iterator; each has a share of the prior.
    enum Life {
        FULL,
        RESTARTING,
        ROTATING,
        LOSING,
        CUT
    }

    /// A candidate and its weight before the digits.
    record Candidate(Life life, ScoringLoop loop, double weight) {}

    /// What is done with the candidates, one after the other.
    interface Walk {
        void accept(Candidate candidate);

        /// Asked before the windows that move by whole batches; if it says yes, none of them is handed over.
        ///
        /// @param lives how many numbers of lost batches make a window move
        default boolean passesOver(ValidationSet set, int steps, double weight, int lives) {
            return false;
        }
    }

    /// Hands over all candidates, or those of one life.
    void each(@Nullable Life only, Walk use) {
        if (only == null || only == Life.FULL) {
            use.accept(new Candidate(Life.FULL, new ScoringLoop.FullPass(new ValidationSet(images, 1)), 1));
        }
        var lives = only == null ? EnumSet.allOf(Life.class) : EnumSet.of(only);
        var stepCounts = stepCounts();
        var stepWeights = stepCounts.stream().mapToDouble(this::stepWeight).toArray();
        for (int batch = 1; batch <= Math.min(LARGEST_BATCH, images); batch++) {
            var set = new ValidationSet(images, batch);
            double weight = batchWeight(batch);
            int place = 0;
            for (int steps : stepCounts) each(lives, set, steps, weight * stepWeights[place++], use);
        }
    }

    /// The candidates of one batch size and one number of steps.
    private static void each(EnumSet<Life> lives, ValidationSet set, int steps, double weight, Walk use) {
        int n = set.batches();
        if (steps == n || steps > MOST_PASSES * n) return;
        if (lives.contains(Life.RESTARTING)) {
            use.accept(new Candidate(Life.RESTARTING, new ScoringLoop.Restarting(set, steps), weight));
        }
        if (steps % n == 0) return;
        boolean over = use.passesOver(set, steps, weight, steps > n ? 0 : moving(steps, n));
        if (lives.contains(Life.ROTATING) && !over) {
            use.accept(new Candidate(Life.ROTATING, new ScoringLoop.Rotating(set, steps), weight));
        }
        if (steps > n) return;
        if (lives.contains(Life.CUT)) {
            use.accept(new Candidate(Life.CUT, new ScoringLoop.CutAtEnd(set, steps), weight));
        }
        if (!lives.contains(Life.LOSING) || over) return;
        for (int lost = 1; lost <= MOST_LOST; lost++) {
            if ((steps + lost) % n == 0) continue;
            use.accept(new Candidate(Life.LOSING, new ScoringLoop.Rotating(set, steps, lost), weight / MOST_LOST));
        }
    }

    private static int moving(int steps, int batches) {
        int moving = 0;
        for (int lost = 1; lost <= MOST_LOST; lost++) if ((steps + lost) % batches != 0) moving++;
        return moving;
    }

    private TreeSet<Integer> stepCounts() {
        var steps = new TreeSet<Integer>();
        for (int divisor = 1; divisor <= LARGEST_BATCH; divisor++) addSteps(steps, divisor);
        known.divisors().forEach(divisor -> addSteps(steps, divisor));
        known.steps().ifPresent(steps::add);
        steps.remove(0);
        return steps;
    }

    private void addSteps(TreeSet<Integer> steps, int divisor) {
        steps.add((int) (images / divisor));
        steps.add((int) ((images + divisor - 1) / divisor));
    }

    private double batchWeight(int batch) {
        double weight = new ValidationSet(images, batch).usual() ? USUAL_WEIGHT : 1;
        return isStatedBatch(batch) ? weight * STATED_WEIGHT : weight;
    }

    private double stepWeight(int steps) {
        return isKnownSteps(steps) || isPinned(steps) ? STATED_WEIGHT : 1;
    }

    private boolean isStatedBatch(int batch) {
        return known.batch().isPresent() && known.batch().getAsInt() == batch;
    }

    private boolean isKnownSteps(int steps) {
        return known.steps().isPresent() && known.steps().getAsInt() == steps;
    }

    private boolean isPinned(int steps) {
        for (int divisor : known.divisors()) {
            if (images / divisor == steps || (images + divisor - 1) / divisor == steps) return true;
        }
        return false;
    }

    /// Of `all` candidates, those among which a winner was found. One that was named beforehand was not found by searching: only those
    /// with the same statements are its trials.
    int trials(ScoringLoop winner, int all) {
        boolean batch = isStatedBatch(winner.set().batch());
        boolean steps = isKnownSteps(winner.steps());
        if (batch && steps) return Life.values().length;
        if (steps) return Math.min(all, LARGEST_BATCH);
        if (batch) return Math.min(all, stepCounts().size());
        return Math.max(1, all);
    }
}
