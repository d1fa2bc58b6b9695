package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;

/// Most ReLU units are switched off for every image. A log cannot prove it; after an explosion that ends in a constant answer it
/// is the likely mechanism.
final class DeadRelu implements Check {
    @Override
    public Illness illness() {
        return Illness.DEAD_RELU;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        boolean relu = run.facts().value(FactKey.HIDDEN_ACTIVATION).filter(name -> name.contains("relu")).isPresent()
                || run.layers().filter(layers -> layers.values().stream()
                        .anyMatch(l -> l.kind().equals("ReLU") || l.activation().filter("relu"::equals).isPresent()))
                        .isPresent();
        var explosion = Explosion.of(run);
        boolean constant = Levels.atRest(run)
                || explosion.isPresent() && rests(run);
        if (!constant || explosion.isEmpty() && !relu) return DeadOutputs.of(run);
        var suspicion = Suspicion
                .of(illness(), Severity.ERROR, "Most ReLU units are dead: the network answers constantly")
                .sign(Grounds.SHAPE, explosion.isPresent() ? 4 : 2,
                        new Evidence.Inferred(explosion.isPresent()
                                ? "a jump of the weights and then a constant answer"
                                : "a constant answer from a network of ReLU units"));
        if (relu) suspicion = suspicion.sign(Grounds.STATED, 2, new Evidence.Stated("the hidden layers use ReLU"));
        return Optional.of(suspicion.open("the share of active units per layer would decide").share(0.3)
                .remedy("lower learning rate, kernel_initializer='he_normal', or LeakyReLU")
                .confirm("count units that are 0 for 1,000 images, per layer"));
    }

    private static boolean rests(Case run) {
        var late = run.loss().late();
        return late.size() >= 3 && late.relativeRange() < 0.1;
    }
}
