package narwhal.doctor.checks;

import java.util.Optional;
import java.util.regex.Pattern;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;

/// Inputs are rescaled twice and nearly zero.
final class InputsScaledTwice implements Check {
    /// Networks of keras.applications that begin with a Rescaling layer (keras/src/applications: include_preprocessing, efficientnet.py).
    private static final Pattern RESCALES = Pattern.compile("EfficientNet|MobileNetV3|ConvNeXt|RegNet");

    @Override
    public Illness illness() {
        return Illness.INPUTS_SCALED_TWICE;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var recipe = run.facts().value(FactKey.TRAINING_PREPROCESSING);
        boolean layer = run.layers().filter(l -> l.values().stream().anyMatch(v -> v.kind().equals("Rescaling")))
                .isPresent();
        boolean base = run.facts().get(FactKey.PRETRAINED).filter(stated -> RESCALES.matcher(stated.line()).find())
                .isPresent();
        int times = recipe.map(Recipe::rescalings).orElse(0) + (layer ? 1 : 0) + (base ? 1 : 0);
        boolean tiny = run.facts().value(FactKey.INPUT_RANGE).map(Recipe::largest).filter(m -> m > 0 && m <= 1.05 / 255)
                .isPresent();
        if (times < 2 && !tiny) return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.ERROR, "Inputs are rescaled twice and nearly zero")
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(tiny
                        ? "inputs " + run.facts().value(FactKey.INPUT_RANGE).orElseThrow()
                        : times + " rescalings are stated: " + recipe.orElse("")
                                + (layer ? ", and a Rescaling layer" : "")
                                + (base ? ", and the network of keras.applications rescales by itself" : "")));
        double least = run.chance().orElse(0.5);
        if (!run.learning().gotAnywhere() || run.accuracy().most() < least + (1 - least) / 2) {
            suspicion = suspicion.sign(Grounds.SHAPE, 3, new Evidence.Computed("and training hardly learns"));
        }
        return Optional
                .of(suspicion.remedy("one rescaling only").confirm("print minimum, maximum and mean of one batch"));
    }
}
