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

/// All inputs look the same to the network. A log cannot prove it; integer arithmetic before the cast, stated, makes it likely.
final class ConstantInput implements Check {
    @Override
    public Illness illness() {
        return Illness.CONSTANT_INPUT;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var type = run.facts().value(FactKey.INPUT_TYPE).orElse("");
        var recipe = run.facts().value(FactKey.TRAINING_PREPROCESSING).orElse("");
        boolean integer = type.contains("int");
        boolean divides = recipe.contains("//") || recipe.contains("/=") || integer && recipe.contains("/");
        if (!divides || !integer && !recipe.contains("//")) return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.ERROR, "Integer division may have made all inputs 0 or 1")
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(
                        (integer ? type + " inputs, " : "") + "\"" + recipe + "\""));
        if (!run.learning().gotAnywhere())
            suspicion = suspicion.sign(Grounds.SHAPE, 4, new Evidence.Computed("and training does not learn"));
        return Optional.of(suspicion.remedy("x.astype('float32') first, then / 255")
                .confirm("print minimum, maximum and standard deviation of one batch"));
    }
}
