package narwhal.doctor.forensics;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import narwhal.doctor.forensics.Explanation.Coverage;

/// What the digits say about an evaluation loop.
///
/// @param best the explanation that wins
/// @param nextBest the best explanation that means something else for the figures; empty where there is none
/// @param logWeights for each coverage the logarithm of its weight after the digits, all loops of that kind together
/// @param noCount the same for digits that are no shares of a count
/// @param trials explanations of the winner's kind that could have failed: φ below 0.9 in every epoch
/// @param corrected the winner's chance times the trials, at most 1
/// @param rare whether even the values that are news would fit so well by chance in less than one of a thousand searches
/// @param rivalMisses fewest misses of another batch size or step count that could have failed and keeps the rhythm; -1
/// where there is none
/// @param alike other loops of the winner's kind that give the same numbers of images in every epoch
public record CountVerdict(Explanation best, Optional<Explanation> nextBest, Map<Coverage, Double> logWeights,
        double noCount, int trials, double corrected, boolean rare, int rivalMisses, List<ScoringLoop> alike) {
    private static final double ENOUGH_ODDS = Math.log(1e3);

    public CountVerdict {
        var sorted = new EnumMap<Coverage, Double>(Coverage.class);
        sorted.putAll(logWeights);
        logWeights = java.util.Collections.unmodifiableMap(sorted);
        alike = List.copyOf(alike);
    }

    /// Whether the winner may be issued as proved: its corrected chance is below 1e-3 and its odds against everything that
    /// means something else are above 1e3.
    public boolean resolved() {
        return rare && best.coverage() != Coverage.FULL && logOdds() > ENOUGH_ODDS;
    }

    /// Whether it is proved that not every image was scored once, be it the same part in every epoch or another.
    public boolean partial() {
        double whole = logAdd(logWeight(Coverage.FULL), noCount);
        return rare && best.coverage() != Coverage.FULL && logWeight(best.coverage()) - whole > ENOUGH_ODDS;
    }

    /// Natural logarithm of the odds for what the winner means against everything else.
    public double logOdds() {
        double rest = noCount;
        for (var coverage : Coverage.values()) {
            if (coverage != best.coverage()) rest = logAdd(rest, logWeight(coverage));
        }
        return logWeight(best.coverage()) - rest;
    }

    /// Logarithm of the weight of a coverage after the digits.
    public double logWeight(Coverage coverage) {
        return logWeights.getOrDefault(coverage, Double.NEGATIVE_INFINITY);
    }

    static double logAdd(double a, double b) {
        if (a == Double.NEGATIVE_INFINITY) return b;
        if (b == Double.NEGATIVE_INFINITY) return a;
        return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    }
}
