package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;

/// The output sits at the bound where the loss is clipped, so the loss is a known constant times the share of wrong answers.
final class SaturatedOutput implements Check {
    private static final double NEAR = 0.005;
    private static final double NEARLY = 0.85;
    /// Keras' own bounds come first.
    private static final int KERAS = 3;
    /// Half a unit of four decimals.
    private static final double HALF = 5e-5;
    private static final double[] BOUNDS = {16.1180957, 15.9423851, 15.4249485, 34.5387764, 87.3365448, 100};
    private static final String[] NAMES = {"-ln 1e-7, Keras' epsilon", "-ln 1.19e-7, clipped at 1 - epsilon in float32",
        "-ln 2e-7, where Keras' binary cross-entropy adds its epsilon to a clipped output",
        "-ln 1e-15, an older epsilon", "-ln of the smallest float32", "the clamp of PyTorch's BCE loss"};

    @Override
    public Illness illness() {
        return Illness.SATURATED_OUTPUT;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var training = saturated(run.loss(), run.accuracy());
        var validation = saturated(run.rawValidationLoss(), run.rawValidationAccuracy());
        var found = training.isPresent() ? training : validation;
        if (found.isEmpty()) return nearly(run).or(() -> atLast(run));
        var hit = found.get();
        return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                "The output is stuck at 0 or 1: the loss is a constant times the wrong answers")
                .sign(Grounds.LEVEL, Math.min(10, 3.0 * hit.epochs), new Evidence.Computed(Say.format(
                        "%s loss / (1 - accuracy) = %.2f in %d epochs: %s",
                        training.isPresent() ? "training" : "validation",
                        hit.ratio, hit.epochs, NAMES[hit.bound])))
                .note(new Evidence.Printed(
                        Say.format("accuracy %.4f: the share of the one class that is always answered",
                                (training.isPresent() ? run.accuracy() : run.rawValidationAccuracy()).last())))));
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion.consequence("gradients there are zero; more epochs change nothing")
                .remedy("make head, loss and labels fit: Dense(1, sigmoid) with binary_crossentropy and ids 0 and 1, or\n"
                        + "Dense(C, softmax) with categorical_crossentropy and one-hot; then check inputs, then the rate")
                .confirm("predict 20 images (all 0 or 1?); print one batch of inputs and labels");
    }

    /// Most wrong answers cost nearly what the bound allows, on both sides and throughout: a network that doubts pays a few nats.
    private Optional<Suspicion> nearly(Case run) {
        var training = costs(run.loss(), run.accuracy());
        var validation = costs(run.rawValidationLoss(), run.rawValidationAccuracy());
        // Where nearly all is right, the few wrong answers may well be sure ones.
        if (training.length < 2 || validation.length < 2 || run.accuracy().last() > 0.7) return Optional.empty();
        double least = Math.min(Arrays.stream(training).min().orElseThrow(),
                Arrays.stream(validation).min().orElseThrow());
        double most = Math.max(Arrays.stream(training).max().orElseThrow(),
                Arrays.stream(validation).max().orElseThrow());
        if (least < NEARLY * BOUNDS[0] || most > (1 + NEAR) * BOUNDS[0]) return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                "Most outputs are stuck at 0 or 1: a wrong answer costs nearly all that the loss allows")
                .sign(Grounds.LEVEL, 8, new Evidence.Computed(Say.format(
                        "loss / (1 - accuracy) is %.1f to %.1f in %d values of training and validation; the bound is %.2f, %s",
                        least, most, training.length + validation.length, BOUNDS[0], NAMES[0])))));
    }

    /// The last two evaluations lie at a bound to the last digit, though the epochs before did not.
    private Optional<Suspicion> atLast(Case run) {
        var loss = run.rawValidationLoss().on(run.rawValidationAccuracy()).tail(2);
        var accuracy = run.rawValidationAccuracy().on(loss);
        if (loss.size() < 2 || accuracy.size() < 2 || run.learned()) return Optional.empty();
        for (int bound = 0; bound < BOUNDS.length; bound++) {
            double limit = BOUNDS[bound];
            boolean exact = true;
            for (int i = 0; i < 2; i++) {
                double wrong = 1 - accuracy.value(i);
                exact &= wrong > 0.2 && Math.abs(loss.value(i) - limit * wrong) < 1.1 * HALF * (1 + limit);
            }
            if (!exact) continue;
            return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                    "The output got stuck at 0 or 1: the loss is a constant times the wrong answers")
                    .sign(Grounds.LEVEL, 9, new Evidence.Computed(Say.format(
                            "validation loss %s / (1 - %.4f) = %.3f in the last two epochs: %s", Say.value(loss.last()),
                            accuracy.last(), limit, NAMES[bound])))));
        }
        return Optional.empty();
    }

    /// What shows that the loss was clipped at Keras' own bounds, if anything does.
    static Optional<Sign> clipped(Case run) {
        return new SaturatedOutput().examine(run).map(found -> found.signs().getFirst())
                .filter(sign -> Arrays.stream(NAMES, 0, KERAS).anyMatch(name -> sign.evidence().text().endsWith(name)));
    }

    private static double[] costs(Curve loss, Curve accuracy) {
        var both = loss.on(accuracy);
        var rates = accuracy.on(loss);
        var costs = new double[both.size()];
        for (int i = 0; i < costs.length; i++) costs[i] = both.value(i) / Math.max(1e-9, 1 - rates.value(i));
        return costs;
    }

    /// Whether it has been so from the first epoch on: then no step of training led there.
    static boolean fromTheStart(Case run) {
        return saturated(run.loss(), run.accuracy()).filter(hit -> hit.epochs == run.loss().size()).isPresent();
    }

    private record Hit(int bound, double ratio, int epochs) {}

    private static Optional<Hit> saturated(Curve loss, Curve accuracy) {
        var costs = costs(loss, accuracy);
        var rates = accuracy.on(loss);
        for (int bound = 0; bound < BOUNDS.length; bound++) {
            int epochs = 0;
            double sum = 0;
            for (int i = costs.length - 1; i >= 0 && rates.value(i) < 0.995; i--) {
                double ratio = costs[i];
                if (Math.abs(ratio / BOUNDS[bound] - 1) > NEAR) break;
                sum += ratio;
                epochs++;
            }
            if (epochs >= 3) return Optional.of(new Hit(bound, sum / epochs, epochs));
        }
        return Optional.empty();
    }
}
