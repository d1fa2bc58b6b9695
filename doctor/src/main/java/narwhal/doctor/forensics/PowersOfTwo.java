package narwhal.doctor.forensics;

import java.util.Arrays;
import java.util.Optional;

/// How the next obvious guess would have fared: a generator batch and a divisor of the steps that are both powers of two.
///
/// @param batch of the generator
/// @param divisor the steps were computed with
/// @param misses printed values that they make impossible
public record PowersOfTwo(int batch, int divisor, int misses) {
    /// The pair with the fewest misses among those whose window moves and does not score the winner's numbers of images.
    public static Optional<PowersOfTwo> nextBest(Digits digits, int[] evaluations, ScoringLoop winner) {
        Optional<PowersOfTwo> best = Optional.empty();
        var won = winner.images(evaluations);
        long images = winner.set().images();
        for (int batch = 1; batch <= CandidateLoops.LARGEST_BATCH; batch *= 2) {
            for (int divisor = 1; divisor <= CandidateLoops.LARGEST_BATCH; divisor *= 2) {
                var set = new ValidationSet(images, batch);
                int steps = (int) (images / divisor);
                if (steps < 1 || steps >= set.batches()) continue;
                var scored = new ScoringLoop.Rotating(set, steps).images(evaluations);
                if (Arrays.equals(scored, won)) continue;
                if (Arrays.stream(scored).anyMatch(n -> digits.share(n) >= DigitTest.COULD_FAIL)) continue;
                int misses = digits.misses(scored);
                if (best.isEmpty() || misses < best.get().misses) {
                    best = Optional.of(new PowersOfTwo(batch, divisor, misses));
                }
            }
        }
        return best;
    }
}
