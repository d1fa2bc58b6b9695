package narwhal.doctor.checks;

import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;

/// A deep plain stack whose first layers hardly get a gradient: stated depth together with a slow start in the log.
final class VanishingGradient implements Check {
    @Override
    public Illness illness() {
        return Illness.VANISHING_GRADIENT;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var layers = run.layers();
        if (layers.isEmpty()) return Optional.empty();
        var values = layers.get().values();
        long deep = values.stream().filter(l -> l.kind().startsWith("Dense") || l.kind().startsWith("Conv")).count();
        // One alone is the output's.
        var activation = run.facts().value(FactKey.HIDDEN_ACTIVATION).or(() -> Stream.of("sigmoid", "tanh")
                .filter(name -> values.stream().filter(l -> l.activation().filter(name::equals).isPresent())
                        .count() > 1)
                .findFirst()).orElse("");
        boolean squashing = activation.contains("sigmoid") || activation.contains("tanh");
        boolean normalised = run.batchNormalisation().orElse(false)
                || values.stream().anyMatch(l -> l.kind().contains("Normalization") || l.kind().equals("Add")
                        || l.kind().equals("Concatenate"))
                || activation.contains("selu");
        if (normalised || deep < (squashing ? 5 : 20)) return Optional.empty();
        boolean slow = slowStart(run) && !run.learning().isAtFloor();
        var suspicion = Suspicion.of(illness(), slow ? Severity.WARNING : Severity.INFO, Say.format(
                "%d layers in a plain stack: the gradient hardly reaches the first ones", deep))
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(Say.format(
                        "%d layers%s, neither normalisation nor shortcuts", deep,
                        activation.isEmpty() ? "" : " with " + activation)));
        boolean constant = Levels.atRest(run);
        if (slow && constant) {
            suspicion = suspicion.sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                    "training comes to rest at %s, the loss of a constant answer", Say.value(run.loss().last()))));
        } else if (slow) {
            suspicion = suspicion.sign(Grounds.SHAPE, 3, new Evidence.Printed(run.shownAccuracy().isEmpty()
                    ? Say.format("training starts slowly: the loss is %s at first and %s in the middle of the run",
                            Say.value(run.loss().first()), Say.value(run.loss().value(run.loss().size() / 2)))
                    : Say.format("training starts slowly: accuracy %s after the first epoch",
                            Say.value(run.shownAccuracy().first()))));
        }
        return Optional.of(suspicion.share(0.8).remedy("BatchNormalization between the layers, he_normal, or shortcuts")
                .confirm("print the gradient norm of the first and of the last layer"));
    }

    /// The first epoch is near chance, or a third of the run is needed to leave the start.
    private static boolean slowStart(Case run) {
        var loss = run.loss();
        var accuracy = loss.isEmpty() ? run.shownAccuracy() : run.accuracy();
        if (accuracy.isEmpty() && loss.isEmpty()) return false;
        // In half of the epochs and more nothing happens.
        boolean half = loss.size() >= 6 && loss.slice(0, loss.size() / 2 + 1).relativeRange() < 0.03;
        if (accuracy.isEmpty()) return half || run.learning().lossFall() < 0.1;
        double chance = run.chance().orElse(0.1);
        // What is learned in the second epoch was not held up.
        return accuracy.first() < chance + 0.15 * (1 - chance)
                && accuracy.value(Math.min(1, accuracy.size() - 1)) < chance + 0.3 * (1 - chance);
    }
}
