package narwhal.doctor.forensics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import narwhal.doctor.forensics.Explanation.Coverage;
import org.jspecify.annotations.Nullable;

/// Looks for the evaluation loop that the printed digits demand: all batch sizes up to 512, all step counts that follow from
/// dividing the set by a batch size up to 512, every life an iterator can have. One worker for each run.
public final class CountSearch {
    static final int LARGEST_BATCH = 512;
    private static final int MOST_LOST = 12;
    /// A whole pass is the rule; everything else shares the rest.
    private static final double FULL_PRIOR = 0.9;
    private static final double OTHER_PRIOR = 0.1;
    /// The digits may be no shares of a count at all.
    private static final double NO_COUNT_PRIOR = 0.1;
    private static final int MOST_PASSES = 3;
    private static final int MOST_PARTS = 20;
    private static final double MISS = Math.log(1000);
    private static final double COULD_FAIL = 0.9;
    private static final double RARE_ENOUGH = 1e-3;
    private static final double ENOUGH = 12;
    private static final double USUAL_WEIGHT = 20;
    private static final double STATED_WEIGHT = 10;

    private final Digits digits;
    private final KnownLoop known;
    private final long images;
    private final int[] evaluations;
    /// More misses than this drop a candidate before all epochs are looked at.
    private final int patience;
    private final @Nullable Row[] rows;
    /// What [#share] found, 0 where nobody has asked.
    private final double[] shares;
    private final double[] weights = new double[Kind.values().length];
    private final Map<Kind, Map<Coverage, Best>> best = new EnumMap<>(Kind.class);

    /// The life of an iterator; each has a share of the prior.
    private enum Kind {
        FULL,
        RESTARTING,
        ROTATING,
        LOSING,
        CUT
    }

    /// A candidate and its weight before the digits.
    private record Candidate(Kind kind, ScoringLoop loop, double weight) {}

    /// What one number of images says in each epoch.
    private record Row(boolean[] attainable, int misses) {}

    /// The best candidate of a kind and the sum of all of them, both before the prior.
    private static final class Best {
        private @Nullable Candidate candidate;
        private @Nullable Weighed weighed;
        private double score = Double.NEGATIVE_INFINITY;
        private double logSum = Double.NEGATIVE_INFINITY;
        /// Weights of candidates of which the digits say nothing, most of all: their sum needs no logarithm for each.
        private final double[] mute = new double[2];
        private final @Nullable Candidate[] heaviest = new Candidate[2];

        /// Adds one of which the digits say nothing.
        ///
        /// @param out 1 where it cannot explain the rhythm, otherwise 0
        void addMute(Candidate other, int out) {
            mute[out] += other.weight;
            var heavy = heaviest[out];
            if (heavy == null || other.weight > heavy.weight) heaviest[out] = other;
        }

        /// Counts in those of which the digits say nothing, each kind with its logarithm of the chance of the rhythm.
        void settle(double... rhythm) {
            for (int out = 0; out < 2; out++) {
                var heavy = heaviest[out];
                if (heavy == null) continue;
                double sum = CountVerdict.logAdd(logSum, Math.log(mute[out]) + rhythm[out]);
                add(heavy, Weighed.MUTE, Math.log(heavy.weight) + rhythm[out]);
                logSum = sum;
            }
        }

        void add(Candidate other, Weighed digits, double value) {
            logSum = CountVerdict.logAdd(logSum, value);
            if (value > score) {
                candidate = other;
                weighed = digits;
                score = value;
            }
        }
    }

    private record Weighed(int misses, double allHits, double news) {
        private static final Weighed MUTE = new Weighed(0, 0, 0);

        double evidence() {
            return news - MISS * misses;
        }
    }

    private CountSearch(Digits digits, int[] evaluations, KnownLoop known, long images) {
        this.digits = digits;
        this.known = known;
        this.images = images;
        this.evaluations = evaluations;
        patience = 1 + digits.size() / 50;
        rows = new Row[(int) Math.min(digits.mute(), (MOST_PASSES + 1) * images) + 1];
        shares = new double[rows.length];
    }

    /// The verdict on accuracies of a set of known size.
    ///
    /// @param digits one printed accuracy for each evaluation
    /// @param evaluations how many evaluations went before each, ascending; 0, 1, 2, … where none is left out
    /// @param known with the size of the set
    /// @throws java.util.NoSuchElementException if the size of the set is not known
    public static CountVerdict search(Digits digits, int[] evaluations, KnownLoop known) {
        return new CountSearch(digits, evaluations.clone(), known, known.images().orElseThrow()).verdict();
    }

    private CountVerdict verdict() {
        candidates(wholeSetSuffices() ? Kind.FULL : null, new Weighing());
        return judge();
    }

    /// Whether the values are shares of the whole set beyond doubt: then there is nothing to look for.
    private boolean wholeSetSuffices() {
        var weighed = weigh(new ScoringLoop.FullPass(new ValidationSet(images, 1)));
        return weighed != null && weighed.misses == 0 && weighed.news > ENOUGH && known.rhythm().isEmpty()
                && !aPartSuffices();
    }

    /// Half of a set gives no value that the whole set does not give.
    private boolean aPartSuffices() {
        for (int parts = 2; parts <= MOST_PARTS; parts++) {
            if (images % parts == 0 && images / parts > 1 && row(images / parts).misses == 0) return true;
        }
        return false;
    }

    /// What is done with the candidates, one after the other.
    private interface Walk {
        void accept(Candidate candidate);

        /// Asked before the windows that move by whole batches; if it says yes, none of them is handed over.
        ///
        /// @param lives how many numbers of lost batches make a window move
        default boolean passesOver(ValidationSet set, int steps, double weight, int lives) {
            return false;
        }
    }

    /// All candidates, or those of one kind, in a fixed order.
    private void candidates(@Nullable Kind only, Walk use) {
        if (only == null || only == Kind.FULL) {
            use.accept(new Candidate(Kind.FULL, new ScoringLoop.FullPass(new ValidationSet(images, 1)), 1));
        }
        var kinds = only == null ? EnumSet.allOf(Kind.class) : EnumSet.of(only);
        var stepCounts = stepCounts();
        var stepWeights = stepCounts.stream().mapToDouble(this::stepWeight).toArray();
        for (int batch = 1; batch <= Math.min(LARGEST_BATCH, images); batch++) {
            var set = new ValidationSet(images, batch);
            double weight = batchWeight(batch);
            int place = 0;
            for (int steps : stepCounts) candidates(kinds, set, steps, weight * stepWeights[place++], use);
        }
    }

    /// The candidates of one batch size and one number of steps.
    private void candidates(EnumSet<Kind> kinds, ValidationSet set, int steps, double weight, Walk use) {
        int n = set.batches();
        if (steps == n || steps > MOST_PASSES * n) return;
        if (kinds.contains(Kind.RESTARTING)) {
            use.accept(new Candidate(Kind.RESTARTING, new ScoringLoop.Restarting(set, steps), weight));
        }
        if (steps % n == 0) return;
        boolean over = use.passesOver(set, steps, weight, steps > n ? 0 : lives(steps, n));
        if (kinds.contains(Kind.ROTATING) && !over) {
            use.accept(new Candidate(Kind.ROTATING, new ScoringLoop.Rotating(set, steps), weight));
        }
        if (steps > n) return;
        if (kinds.contains(Kind.CUT)) {
            use.accept(new Candidate(Kind.CUT, new ScoringLoop.CutAtEnd(set, steps), weight));
        }
        if (!kinds.contains(Kind.LOSING) || over) return;
        for (int lost = 1; lost <= MOST_LOST; lost++) {
            if ((steps + lost) % n == 0) continue;
            use.accept(new Candidate(Kind.LOSING, new ScoringLoop.Rotating(set, steps, lost), weight / MOST_LOST));
        }
    }

    private static int lives(int steps, int batches) {
        int lives = 0;
        for (int lost = 1; lost <= MOST_LOST; lost++) if ((steps + lost) % batches != 0) lives++;
        return lives;
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

    /// The first walk. A window that moves has one of two numbers of images, with the last batch or without it: where too many values
    /// fit neither, the thirteen ways to move are excluded at once, which is most of the search.
    private final class Weighing implements Walk {
        @Override
        public void accept(Candidate candidate) {
            weigh(candidate);
        }

        @Override
        public boolean passesOver(ValidationSet set, int steps, double weight, int lives) {
            long without = ScoringLoop.images(set, steps, 0);
            long with = without - (set.batch() - set.lastBatch());
            if (saysNothing(with)) return false;
            var one = row(without).attainable;
            var other = row(with).attainable;
            int misses = 0;
            for (int e = 0; e < one.length && misses <= patience; e++) if (!one[e] && !other[e]) misses++;
            if (misses <= patience) return false;
            weights[Kind.ROTATING.ordinal()] += weight;
            weights[Kind.LOSING.ordinal()] += weight * lives / MOST_LOST;
            return true;
        }
    }

    private void weigh(Candidate candidate) {
        weights[candidate.kind.ordinal()] += candidate.weight;
        var weighed = weigh(candidate.loop);
        if (weighed == null) {
            if (candidate.kind != Kind.FULL) return;
            weighed = new Weighed(digits.misses(images), 0, 0);
        }
        var found = best.computeIfAbsent(candidate.kind, kind -> new EnumMap<>(Coverage.class))
                .computeIfAbsent(Explanation.coverage(candidate.loop), coverage -> new Best());
        double rhythm = rhythm(candidate.loop);
        if (weighed == Weighed.MUTE) {
            found.addMute(candidate, rhythm == 0 ? 0 : 1);
        } else {
            found.add(candidate, weighed, weighed.evidence() + Math.log(candidate.weight) + rhythm);
        }
    }

    /// What the digits say of a loop; null where too many exclude it.
    private @Nullable Weighed weigh(ScoringLoop loop) {
        if (saysNothing(loop.fewest())) return Weighed.MUTE;
        if (loop instanceof ScoringLoop.Restarting && row(loop.images(0)).misses > patience) return null;
        int misses = 0;
        for (int e = 0; e < evaluations.length; e++) {
            if (!row(loop.images(evaluations[e])).attainable[e] && ++misses > patience) return null;
        }
        return surprise(loop.images(evaluations), misses);
    }

    private Weighed surprise(long[] seen, int misses) {
        double all = 0;
        double news = 0;
        for (int e = 0; e < evaluations.length; e++) {
            if (!row(seen[e]).attainable[e]) continue;
            double surprise = surprise(seen[e]);
            if (surprise == 0) continue;
            all += surprise;
            if (digits.isNews(e)) news += surprise;
        }
        return new Weighed(misses, all, news);
    }

    /// Whether hits in all epochs would still be worth next to nothing: so many images allow nearly every value.
    private boolean saysNothing(long fewest) {
        return fewest >= digits.mute() || fewest > digits.mute() / 2 && surprise(fewest) * evaluations.length < 1;
    }

    private Row row(long images) {
        int n = (int) Math.min(images, rows.length - 1);
        var row = rows[n];
        if (row == null) {
            var attainable = new boolean[digits.size()];
            int misses = 0;
            for (int e = 0; e < attainable.length; e++) {
                attainable[e] = digits.attainable(e, n);
                if (!attainable[e]) misses++;
            }
            row = new Row(attainable, misses);
            rows[n] = row;
        }
        return row;
    }

    /// The chance that an unrelated value fits a number of images; most numbers fall before anybody asks.
    private double share(long images) {
        int n = (int) Math.min(images, rows.length - 1);
        if (shares[n] == 0) shares[n] = digits.share(n);
        return shares[n];
    }

    private double surprise(long images) {
        return Math.max(0, -Math.log(share(images)));
    }

    private double rhythm(ScoringLoop loop) {
        if (known.rhythm().isEmpty()) return 0;
        var rhythm = known.rhythm().get();
        return loop.repeatsAfter(rhythm.period()) ? 0 : -rhythm.nats();
    }

    private CountVerdict judge() {
        double out = known.rhythm().map(rhythm -> -rhythm.nats()).orElse(0.0);
        best.values().forEach(kinds -> kinds.values().forEach(found -> found.settle(0, out)));
        var explanations = new ArrayList<Explanation>();
        var kinds = new ArrayList<Kind>();
        var sums = new EnumMap<Coverage, Double>(Coverage.class);
        best.forEach((kind, byCoverage) -> byCoverage.forEach((coverage, found) -> {
            double prior = prior(kind);
            sums.merge(coverage, found.logSum + prior, CountVerdict::logAdd);
            if (found.candidate == null || found.weighed == null) return;
            explanations.add(new Explanation(found.candidate.loop, found.weighed.misses,
                    Math.exp(-found.weighed.allHits), found.weighed.evidence(), found.score + prior));
            kinds.add(kind);
        }));
        int first = 0;
        for (int i = 1; i < explanations.size(); i++) {
            if (explanations.get(i).score() > explanations.get(first).score()) first = i;
        }
        return verdict(explanations, first, kinds.get(first), sums);
    }

    private double prior(Kind kind) {
        return Math.log(kind == Kind.FULL ? FULL_PRIOR : OTHER_PRIOR / 4) - Math.log(weights[kind.ordinal()]);
    }

    private CountVerdict verdict(List<Explanation> explanations, int first, Kind kind, Map<Coverage, Double> sums) {
        var winner = explanations.get(first);
        Optional<Explanation> other = explanations.stream().filter(e -> e.coverage() != winner.coverage())
                .max(java.util.Comparator.comparingDouble(Explanation::score));
        double noCount = Math.log(NO_COUNT_PRIOR) - known.rhythm().map(KnownLoop.Rhythm::nats).orElse(0.0);
        if (winner.coverage() == Coverage.FULL) {
            return new CountVerdict(winner, other, sums, noCount, 0, 1, false, -1, List.of());
        }
        var rivals = new Rivals(winner);
        candidates(kind, rivals);
        double newsChance = Math.exp(-(winner.evidence() + MISS * winner.misses()));
        boolean rare = newsChance * trialsWithStatements(winner.loop(), rivals.trials) < RARE_ENOUGH
                && winner.misses() <= 0.01 * digits.size();
        return new CountVerdict(winner, other, sums, noCount, rivals.trials,
                Math.min(1, winner.chance() * Math.max(1, rivals.trials)), rare, rivals.fewest(), rivals.alike);
    }

    /// A winner that was named beforehand was not found by searching: only those with the same statements are its trials.
    private int trialsWithStatements(ScoringLoop winner, int all) {
        boolean batch = isStatedBatch(winner.set().batch());
        boolean steps = isKnownSteps(winner.steps());
        if (batch && steps) return Kind.values().length;
        if (steps) return Math.min(all, LARGEST_BATCH);
        if (batch) return Math.min(all, stepCounts().size());
        return Math.max(1, all);
    }

    /// A second walk over the winner's kind: how many could have failed, which came nearest, which are the same.
    private final class Rivals implements Walk {
        private final ScoringLoop winner;
        private final Coverage coverage;
        private final long[] images;
        private final List<ScoringLoop> alike = new ArrayList<>();
        private int trials;
        private int fewestMisses = Integer.MAX_VALUE;

        Rivals(Explanation winner) {
            this.winner = winner.loop();
            coverage = winner.coverage();
            images = winner.loop().images(evaluations);
        }

        int fewest() {
            return fewestMisses == Integer.MAX_VALUE ? -1 : fewestMisses;
        }

        @Override
        public void accept(Candidate candidate) {
            var loop = candidate.loop;
            if (Explanation.coverage(loop) != coverage || loop.fewest() >= digits.mute()) return;
            if (!couldFail(loop)) return;
            trials++;
            if (loop.equals(winner)) return;
            if (Arrays.equals(images, loop.images(evaluations))) {
                alike.add(loop);
            } else if (rhythm(loop) == 0) {
                fewestMisses = Math.min(fewestMisses, misses(loop));
            }
        }

        private boolean couldFail(ScoringLoop loop) {
            if (loop instanceof ScoringLoop.Rotating) {
                long without = ScoringLoop.images(loop.set(), loop.steps(), 0);
                boolean one = share(without) < COULD_FAIL;
                boolean other = share(without - loop.set().batch() + loop.set().lastBatch()) < COULD_FAIL;
                if (one == other) return one;
            }
            for (int evaluation : evaluations) {
                if (share(loop.images(evaluation)) >= COULD_FAIL) return false;
            }
            return true;
        }

        private int misses(ScoringLoop loop) {
            int misses = 0;
            for (int e = 0; e < evaluations.length && misses < fewestMisses; e++) {
                if (!row(loop.images(evaluations[e])).attainable[e]) misses++;
            }
            return misses;
        }
    }

    /// The fewest misses among pairs of powers of two, generator batch and divisor, that move and do not give the winner's
    /// numbers of images: how the next obvious guess would have fared.
    public static Optional<PairMisses> nextPowersOfTwo(Digits digits, int[] evaluations, ScoringLoop winner) {
        Optional<PairMisses> best = Optional.empty();
        var won = winner.images(evaluations);
        long images = winner.set().images();
        for (int batch = 1; batch <= LARGEST_BATCH; batch *= 2) {
            for (int divisor = 1; divisor <= LARGEST_BATCH; divisor *= 2) {
                var set = new ValidationSet(images, batch);
                int steps = (int) (images / divisor);
                if (steps < 1 || steps >= set.batches()) continue;
                var scored = new ScoringLoop.Rotating(set, steps).images(evaluations);
                if (Arrays.equals(scored, won)) continue;
                if (Arrays.stream(scored).anyMatch(n -> digits.share(n) >= COULD_FAIL)) continue;
                int misses = digits.misses(scored);
                if (best.isEmpty() || misses < best.get().misses()) {
                    best = Optional.of(new PairMisses(batch, divisor, misses));
                }
            }
        }
        return best;
    }

    /// A guess and its fate.
    ///
    /// @param batch of the generator
    /// @param divisor the steps were computed with
    /// @param misses printed values that it makes impossible
    public record PairMisses(int batch, int divisor, int misses) {}
}
