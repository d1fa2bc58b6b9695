package narwhal.doctor.forensics;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// What is known about an evaluation before its digits are looked at. Statements raise the weight of what they name; none is
/// taken for granted.
///
/// @param images in the validation set, printed or stated; empty where unknown
/// @param batch of the validation generator, stated
/// @param steps of one validation, printed or stated
/// @param divisors batch sizes from which the printed training steps could follow; empty where they are not pinned
/// @param rhythm of validation alone, found in the curves
public record KnownLoop(OptionalLong images, OptionalInt batch, OptionalInt steps, Set<Integer> divisors,
        Optional<Rhythm> rhythm) {
    /// Nothing is known.
    public static final KnownLoop NOTHING = new KnownLoop(OptionalLong.empty(), OptionalInt.empty(),
            OptionalInt.empty(),
            Set.of(), Optional.empty());

    private static final int LARGEST_DIVISOR = 2048;

    public KnownLoop {
        divisors = java.util.Collections.unmodifiableSet(new TreeSet<>(divisors));
    }

    /// A rhythm that weights which do not dance cannot cause.
    ///
    /// @param period in epochs
    /// @param nats natural logarithm of how much more likely it is under a moving window than under noise
    public record Rhythm(int period, double nats) {}

    public KnownLoop images(long images) {
        return new KnownLoop(OptionalLong.of(images), batch, steps, divisors, rhythm);
    }

    public KnownLoop batch(int batch) {
        return new KnownLoop(images, OptionalInt.of(batch), steps, divisors, rhythm);
    }

    public KnownLoop steps(int steps) {
        return new KnownLoop(images, batch, OptionalInt.of(steps), divisors, rhythm);
    }

    public KnownLoop rhythm(int period, double nats) {
        return new KnownLoop(images, batch, steps, divisors, Optional.of(new Rhythm(period, nats)));
    }

    /// With the batch sizes B for which `trainingImages` // B, or that rounded up, is `trainingSteps`. With many steps it is
    /// one size only.
    public KnownLoop trainingSteps(long trainingImages, long trainingSteps) {
        var sizes = new TreeSet<Integer>();
        for (int size = 1; size <= LARGEST_DIVISOR; size++) {
            if (trainingImages / size == trainingSteps || (trainingImages + size - 1) / size == trainingSteps) {
                sizes.add(size);
            }
        }
        return new KnownLoop(images, batch, steps, sizes, rhythm);
    }
}
