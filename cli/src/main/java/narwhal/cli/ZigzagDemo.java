package narwhal.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import narwhal.data.Batches;
import narwhal.data.Preparation;
import narwhal.data.synth.OrcaSynth;
import narwhal.data.synth.OrcaSynth.Part;
import narwhal.doctor.Doctor;
import narwhal.doctor.report.TextReport;
import narwhal.engine.Engine;
import narwhal.history.History;
import narwhal.history.facts.Facts;
import narwhal.history.readers.Logs;
import narwhal.losses.Losses;
import narwhal.metrics.Metrics;
import narwhal.models.Model;
import narwhal.optimizers.Optimizers;
import narwhal.training.Fit;
import narwhal.training.Trainer;
import narwhal.training.ValidationIterator;

/// A training whose validation swings every other epoch, as it was asked about: the validation pictures come class after class, the
/// generator gives batches of 16 while the step count was computed with 32, and the iterator of Keras 2.2.4 goes on where the last
/// validation stopped. So one epoch scores mostly the first class and the next one mostly the second. The same training is then
/// repeated with the whole set scored.
final class ZigzagDemo {
    private static final int ASSUMED = 32;
    private static final int GIVEN = 16;
    private static final long SEED = 1;
    private static final int CHART = 30;

    private final Console console;
    private final Engine engine;
    private final int epochs;
    private final Optional<Integer> stepsPerEpoch;
    private final List<String> log = new ArrayList<>();

    ZigzagDemo(Console console, Engine engine, int epochs, Optional<Integer> stepsPerEpoch) {
        this.console = console;
        this.engine = engine;
        this.epochs = epochs;
        this.stepsPerEpoch = stepsPerEpoch;
    }

    void run() {
        var orca = OrcaSynth.standard();
        // One picture in the last batch, as in the run that this is modelled on.
        var validation = new FirstPictures(orca.part(Part.VALIDATION), GIVEN);
        int steps = validation.size() / ASSUMED;
        console.say("1. The mistake: validation pictures sorted by class, batches of " + GIVEN + ", validation_steps = "
                + validation.size() + " // " + ASSUMED + " = " + steps + ", iterator of Keras 2.2.4");
        console.say("");
        found(orca.part(Part.TRAIN).size());
        found(validation.size());
        // Both trainings share the pictures that are kept once they are drawn.
        var preparation = Preparation.standard().resize(OrcaSynth.HEIGHT, OrcaSynth.WIDTH)
                .rescale(1f / 255).cacheBytes(Runtime.getRuntime().maxMemory() / 8);
        var batches = Batches.of(preparation.dataset(orca.part(Part.TRAIN)), ASSUMED).shuffle(SEED);
        var scored = Batches.of(preparation.dataset(validation), GIVEN);
        var broken = train(batches, scored, Optional.of(steps));
        console.say("");
        console.say("2. What the doctor says of these lines alone");
        console.say("");
        var text = String.join("\n", log) + "\n";
        var diagnosis = Doctor.standard().examine(Logs.read(text.getBytes(StandardCharsets.UTF_8), "the log above"),
                Facts.NONE);
        new TextReport(console.isColored(), false).write(diagnosis).lines().forEach(console::say);
        console.say("");
        console.say("3. The remedy: the same training, every picture scored once in each validation");
        console.say("");
        var whole = train(batches, scored, Optional.empty());
        console.say("");
        console.say("4. Both side by side: validation accuracy of the same weights");
        console.say("");
        beside(broken, whole).forEach(console::say);
    }

    private void found(int pictures) {
        var line = "Found " + pictures + " images belonging to 2 classes.";
        console.say(line);
        log.add(line);
    }

    private History train(Batches train, Batches validation, Optional<Integer> steps) {
        var model = Model.of(NetworkNames.network(NetworkNames.USUAL, 2), train.dataset().shape(), SEED, engine);
        var fit = Fit.epochs(epochs).validation(validation)
                .callbacks(List.of(Progress.of(console, Verbosity.AUTO, line -> {
                    if (steps.isPresent()) log.add(line);
                })));
        if (steps.isPresent()) {
            fit = fit.validationSteps(steps.get()).validationIterator(ValidationIterator.KERAS_2_2_4);
        }
        if (stepsPerEpoch.isPresent()) fit = fit.stepsPerEpoch(stepsPerEpoch.get());
        return Trainer.of(model, Losses.binaryCrossentropy(), Optimizers.adam(3e-4), Metrics.accuracy()).fit(train,
                fit);
    }

    /// A row for each epoch, a bar for each training.
    private static List<String> beside(History broken, History whole) {
        var rows = new ArrayList<String>();
        rows.add(String.format(Locale.ROOT, "epoch   %-" + (CHART + 7) + "s   %s", "half the set, in turn",
                "the whole set"));
        for (int e = 0; e < broken.epochs().size(); e++) {
            rows.add(String.format(Locale.ROOT, "%5d   %s   %s", e + 1, bar(accuracy(broken, e)),
                    bar(accuracy(whole, e)).stripTrailing()));
        }
        return rows;
    }

    private static double accuracy(History history, int epoch) {
        return history.epochs().get(epoch).metrics().getOrDefault("val_accuracy", Double.NaN);
    }

    private static String bar(double accuracy) {
        int length = (int) Math.round(CHART * Math.clamp(accuracy, 0, 1));
        return String.format(Locale.ROOT, "%.4f %-" + CHART + "s", accuracy, "#".repeat(length));
    }
}
