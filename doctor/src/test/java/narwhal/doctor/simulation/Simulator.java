package narwhal.doctor.simulation;

import java.util.Locale;
import narwhal.doctor.forensics.ScoringLoop;
import narwhal.doctor.forensics.ValidationSet;

/// Prints runs whose truth is known: a course, a validation set read by some iterator, a print format.
final class Simulator {
    static final String[] TRUTHS = {"healthy", "rotating-validation", "fixed-partial-validation", "overfitting",
        "learning-rate-too-high", "constant-predictor", "preprocessing-mismatch", "validation-split-tail",
        "learning-rate-too-low"};

    private Simulator() {
    }

    static Simulated run(String truth, long seed) {
        var draws = new Draws(seed * 31 + truth.hashCode());
        int classes = draws.one(2, 2, 3, 5, 10);
        int epochs = truth.equals("healthy") ? draws.whole(5, 60) : draws.whole(10, 50);
        var course = Course.healthy(draws, epochs, classes);
        long images = draws.chance(0.5)
                ? draws.one(500, 1000, 2000, 2500, 5000, 10000)
                : Math.round(draws.scale(300, 12000));
        int batch = draws.one(16, 20, 32, 50, 64, 100, 128);
        var set = new ValidationSet(images, batch);
        ScoringLoop loop = new ScoringLoop.FullPass(set);
        switch (truth) {
            case "healthy" -> {
                if (draws.chance(0.2)) course = course.uneven(draws, draws.uniform(0, 1));
            }
            case "rotating-validation" -> {
                course = course.uneven(draws, draws.uniform(0.6, 1.6));
                loop = draws.chance(0.7)
                        ? new ScoringLoop.Rotating(set, steps(set, draws))
                        : new ScoringLoop.CutAtEnd(set, steps(set, draws));
            }
            case "fixed-partial-validation" -> loop = new ScoringLoop.Restarting(set, steps(set, draws));
            case "overfitting" -> course = course.overfitted(draws);
            case "learning-rate-too-high" -> course = course.exploded(draws);
            case "constant-predictor" -> course = course.constant(draws);
            case "preprocessing-mismatch" -> course = course.strangers(draws, 1.0 / classes);
            case "validation-split-tail" -> course = course.strangers(draws, 0);
            case "learning-rate-too-low" -> course = course.creeping(draws);
            default -> throw new IllegalArgumentException(truth);
        }
        boolean known = draws.chance(0.7) || truth.endsWith("-validation");
        return new Simulated(truth, print(course, loop, draws, known), facts(set, loop, classes, known));
    }

    /// Fewer steps than batches, as a division by another batch size gives them.
    private static int steps(ValidationSet set, Draws draws) {
        int batch = set.batch();
        int divisor = draws.chance(0.5) ? 2 * batch : draws.chance(0.5) ? batch + batch / 2 : 3 * batch;
        return (int) Math.max(1, set.images() / divisor);
    }

    private static String facts(ValidationSet set, ScoringLoop loop, int classes, boolean known) {
        var facts = "classes: " + classes + "\n";
        if (known) facts += "validation-images: " + set.images() + "\n";
        if (loop instanceof ScoringLoop.FullPass) return facts;
        return facts + "validation-batch: " + set.batch() + "\nvalidation-steps: " + loop.steps() + "\n";
    }

    private static String print(Course course, ScoringLoop loop, Draws draws, boolean known) {
        var text = new StringBuilder();
        long training = draws.whole(1000, 50_000);
        long images = loop.set().images();
        boolean lines = draws.chance(0.4);
        if (known) {
            text.append(format("Found %d images belonging to %d classes.\n", training, course.classes));
            text.append(format("Found %d images belonging to %d classes.\n", images, course.classes));
        }
        long steps = Math.max(1, training / 32);
        for (int e = 0; e < course.epochs; e++) {
            var scored = score(course, loop, e, draws);
            text.append(format("Epoch %d/%d\n", e + 1, course.epochs));
            text.append(lines
                    ? format("%d/%d - 12s - ", steps, steps)
                    : format("%d/%d [==============================] - 12s 30ms/step - ", steps, steps));
            text.append(format("loss: %.4f - accuracy: %.4f - val_loss: %.4f - val_accuracy: %.4f\n",
                    course.trainingLoss[e], Math.clamp(course.trainingAccuracy[e], 0, 1), scored[0], scored[1]));
        }
        return text.toString();
    }

    /// Loss and accuracy of one evaluation over the images its window meets; the list is sorted by class.
    private static double[] score(Course course, ScoringLoop loop, int epoch, Draws draws) {
        var set = loop.set();
        var window = loop.window(epoch);
        var met = new double[course.classes];
        for (int batch = 0; batch < set.batches(); batch++) {
            int times = window.times(batch, set);
            if (times == 0) continue;
            long first = (long) batch * set.batch();
            for (int i = 0; i < set.imagesIn(batch); i++) {
                met[(int) ((first + i) * course.classes / set.images())] += times;
            }
        }
        double right = 0;
        double images = 0;
        for (int c = 0; c < course.classes; c++) {
            right += draws.binomial(Math.round(met[c]), Math.clamp(course.accuracy[epoch][c], 0, 1));
            images += met[c];
        }
        double mean = 0;
        for (double a : course.accuracy[epoch]) mean += a / course.classes;
        double accuracy = right / images;
        double shift = mean < 1 ? Math.clamp((1 - accuracy) / Math.max(1e-3, 1 - mean), 0.02, 20) : 1;
        double part = loop instanceof ScoringLoop.FullPass ? Math.pow(shift, 0.5) : shift;
        return new double[]{course.loss[epoch] * part, accuracy};
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
