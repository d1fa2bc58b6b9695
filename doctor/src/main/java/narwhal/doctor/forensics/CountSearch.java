package narwhal.doctor.forensics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import narwhal.doctor.forensics.BestLoop.Weighed;
import narwhal.doctor.forensics.CandidateLoops.Candidate;
import narwhal.doctor.forensics.CandidateLoops.Life;
import narwhal.doctor.forensics.Explanation.Coverage;

/// Looks for the evaluation loop that the printed digits demand among all [CandidateLoops]. One worker for each run.
public final class CountSearch {
    /// A whole pass is the rule; everything else shares the rest.
    private static final double FULL_PRIOR = 0.9;
    private static final double OTHER_PRIOR = 0.1;
    /// The digits may be no shares of a count at all.
    private static final double NO_COUNT_PRIOR = 0.1;
    private static final int MOST_PARTS = 20;
    private static final double RARE_ENOUGH = 1e-3;
    private static final double ENOUGH = 12;

    private final KnownLoop known;
    private final long images;
    private final CandidateLoops candidates;
    private final DigitTest test;
    private final double[] weights = new double[Life.values().length];
    private final Map<Life, Map<Coverage, BestLoop>> best = new EnumMap<>(Life.class);

    private CountSearch(Digits digits, int[] evaluations, KnownLoop known, long images) {
        this.known = known;
        this.images = images;
        candidates = new CandidateLoops(known, images);
        test = new DigitTest(digits, evaluations, known, (CandidateLoops.MOST_PASSES + 1) * images);
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
        candidates.each(wholeSetSuffices() ? Life.FULL : null, new Weighing());
        return judge();
    }

    /// Whether the values are shares of the whole set beyond doubt: then there is nothing to look for.
    private boolean wholeSetSuffices() {
        var weighed = test.weigh(new ScoringLoop.FullPass(new ValidationSet(images, 1)));
        return weighed != null && weighed.misses() == 0 && weighed.news() > ENOUGH && known.rhythm().isEmpty()
                && !aPartSuffices();
    }

    /// Half of a set gives no value that the whole set does not give.
    private boolean aPartSuffices() {
        for (int parts = 2; parts <= MOST_PARTS; parts++) {
            if (images % parts == 0 && images / parts > 1 && test.misses(images / parts) == 0) return true;
        }
        return false;
    }

    /// The first walk. A window that moves has one of two numbers of images, with the last batch or without it: where too many values
    /// fit neither, the thirteen ways to move are excluded at once, which is most of the search.
    private final class Weighing implements CandidateLoops.Walk {
        @Override
        public void accept(Candidate candidate) {
            weights[candidate.life().ordinal()] += candidate.weight();
            var weighed = test.weigh(candidate.loop());
            if (weighed == null) {
                if (candidate.life() != Life.FULL) return;
                weighed = new Weighed(test.misses(images), 0, 0);
            }
            best.computeIfAbsent(candidate.life(), life -> new EnumMap<>(Coverage.class))
                    .computeIfAbsent(Explanation.coverage(candidate.loop()), coverage -> new BestLoop())
                    .add(candidate, weighed, test.rhythm(candidate.loop()));
        }

        @Override
        public boolean passesOver(ValidationSet set, int steps, double weight, int lives) {
            long without = ScoringLoop.images(set, steps, 0);
            if (!test.excludesBoth(without, without - (set.batch() - set.lastBatch()))) return false;
            weights[Life.ROTATING.ordinal()] += weight;
            weights[Life.LOSING.ordinal()] += weight * lives / CandidateLoops.MOST_LOST;
            return true;
        }
    }

    private CountVerdict judge() {
        double out = known.rhythm().map(rhythm -> -rhythm.nats()).orElse(0.0);
        var explanations = new ArrayList<Explanation>();
        var lives = new ArrayList<Life>();
        var sums = new EnumMap<Coverage, Double>(Coverage.class);
        best.forEach((life, byCoverage) -> byCoverage.forEach((coverage, found) -> {
            found.settle(0, out);
            double prior = prior(life);
            sums.merge(coverage, found.logSum() + prior, CountVerdict::logAdd);
            var explanation = found.explanation(prior);
            if (explanation == null) return;
            explanations.add(explanation);
            lives.add(life);
        }));
        int first = 0;
        for (int i = 1; i < explanations.size(); i++) {
            if (explanations.get(i).score() > explanations.get(first).score()) first = i;
        }
        return verdict(explanations, first, lives.get(first), sums);
    }

    private double prior(Life life) {
        return Math.log(life == Life.FULL ? FULL_PRIOR : OTHER_PRIOR / 4) - Math.log(weights[life.ordinal()]);
    }

    private CountVerdict verdict(List<Explanation> explanations, int first, Life life, Map<Coverage, Double> sums) {
        var winner = explanations.get(first);
        Optional<Explanation> other = explanations.stream().filter(e -> e.coverage() != winner.coverage())
                .max(Comparator.comparingDouble(Explanation::score));
        double noCount = Math.log(NO_COUNT_PRIOR) - known.rhythm().map(KnownLoop.Rhythm::nats).orElse(0.0);
        if (winner.coverage() == Coverage.FULL) {
            return new CountVerdict(winner, other, sums, noCount, 0, 1, false, -1, List.of());
        }
        var rivals = new Rivals(winner.loop(), test);
        candidates.each(life, rivals);
        double newsChance = Math.exp(-(winner.evidence() + Weighed.MISS * winner.misses()));
        boolean rare = newsChance * candidates.trials(winner.loop(), rivals.trials()) < RARE_ENOUGH
                && winner.misses() <= 0.01 * test.size();
        return new CountVerdict(winner, other, sums, noCount, rivals.trials(),
                Math.min(1, winner.chance() * Math.max(1, rivals.trials())), rare, rivals.fewest(), rivals.alike());
    }
}
