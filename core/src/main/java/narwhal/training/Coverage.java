package narwhal.training;

import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// What the validations of a training will not see, and whose faults they emulate, said before its first epoch.
final class Coverage {
    private Coverage() {
    }

    /// A sentence with the numbers; empty where every validation scores its whole set exactly once.
    static Optional<String> of(Fit fit) {
        return fit.validation().flatMap(validation -> {
            int count = validation.count();
            int steps = fit.validationSteps().orElse(count);
            if (steps == count) return Optional.empty();
            var read = fit.validationIterator().read(0, steps, count);
            int[] order = validation.order(0);
            long images = 0;
            var unseen = new TreeSet<Integer>();
            for (int c = 0; c < validation.dataset().classNames().size(); c++) unseen.add(c);
            for (int i = 0; i < read.length(); i++) {
                for (int index : validation.batch(order, (int) ((read.first() + i) % count))) {
                    images++;
                    unseen.remove(validation.dataset().classOf(index));
                }
            }
            var never = unseen.isEmpty()
                    ? ""
                    : "; no picture of class "
                            + String.join(", ", unseen.stream().map(validation.dataset().classNames()::get).toList());
            return Optional.of(emulation(fit.validationIterator()) + String.format(Locale.ROOT,
                    "Validation will not cover its set: %,d steps of %,d score %,d of %,d pictures%s. Leave validationSteps out to score all.",
                    steps, validation.batchSize(), images, validation.dataset().size(), never));
        });
    }

    private static String emulation(ValidationIterator iterator) {
        return switch (iterator) {
            case FRESH -> "";
            case KERAS_2_2_4 ->
                "As in Keras 2.2.4, on purpose, each validation goes on where the last one stopped; the first: ";
            case KERAS_3_0 ->
                "As in Keras 3.0, on purpose, each validation goes on where the last one stopped, up to the end; the first: ";
        };
    }
}
