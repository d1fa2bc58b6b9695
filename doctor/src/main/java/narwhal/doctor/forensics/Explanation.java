package narwhal.doctor.forensics;

/// One way an evaluation may have gone, weighed against the printed digits.
///
/// @param loop how it walks through the set
/// @param misses printed values that it makes impossible
/// @param chance that unrelated values would fit as well: the product of φ over all values that fit
/// @param evidence natural logarithm of the odds for it from digits that are news, misses charged
/// @param score evidence and rhythm with the logarithm of the prior weight
public record Explanation(ScoringLoop loop, int misses, double chance, double evidence, double score) {
    /// What it means for the figures.
    public Coverage coverage() {
        return coverage(loop);
    }

    static Coverage coverage(ScoringLoop loop) {
        return switch (loop) {
            case ScoringLoop.FullPass full -> Coverage.FULL;
            case ScoringLoop.Restarting restarting -> restarting.steps() > loop.set().batches()
                    ? Coverage.WRAPPED
                    : restarting.steps() == loop.set().batches() ? Coverage.FULL : Coverage.FIXED_PART;
            case ScoringLoop.Rotating rotating ->
                rotating.steps() > loop.set().batches() ? Coverage.WRAPPED : Coverage.MOVING;
            case ScoringLoop.CutAtEnd cut -> Coverage.MOVING;
        };
    }

    /// What part of the set the epochs score.
    public enum Coverage {
        /// All images, each once.
        FULL,
        /// The same images in every epoch, not all.
        FIXED_PART,
        /// Other images in every epoch.
        MOVING,
        /// Some images more than once.
        WRAPPED
    }
}
