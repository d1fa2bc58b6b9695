package narwhal.callbacks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import narwhal.errors.Problem;
import narwhal.history.Epoch;
import org.jspecify.annotations.Nullable;

/// Saves the training after epochs, each time or only when a metric has improved.
///
/// ```java
/// ModelCheckpoint.to("orca-{epoch:02d}-{val_loss:.2f}.ckpt").monitor(VAL_LOSS).saveBestOnly(true)
/// ```
///
/// The best value lives as long as the callback: in a second training with the same one, a worse model does not replace a
/// better file. A value that is not a number is never best.
///
/// Source: `keras/src/callbacks/model_checkpoint.py` of Keras 3; `keras/callbacks.py` of Keras 2.2.4.
public final class ModelCheckpoint implements Callback {
    private final Settings settings;
    private double best;
    private int epochsSinceSave;
    private int stepsSinceSave;
    private boolean warned;
    private boolean checked;

    private record Settings(FileNameTemplate name, Monitor monitor, boolean saveBestOnly, OptionalInt saveFreq,
            int period, OptionalDouble threshold, boolean verbose, CheckpointWriter writer, Semantics semantics) {}

    private ModelCheckpoint(Settings settings) {
        this.settings = settings;
        this.best = settings.threshold.orElse(settings.monitor.worst());
    }

    /// Saves after every epoch, watching `val_loss`.
    ///
    /// @param filePath path with fields such as `{epoch:02d}` and `{val_loss:.2f}`; see [FileNameTemplate]
    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` if it cannot be understood
    public static ModelCheckpoint to(String filePath) {
        return new ModelCheckpoint(new Settings(new FileNameTemplate(filePath), Monitor.VAL_LOSS, false,
                OptionalInt.empty(), 1, OptionalDouble.empty(), false, CheckpointWriter.CONTAINER, Semantics.KERAS_3));
    }

    /// The metric that decides what is best; `val_loss` unless said.
    public ModelCheckpoint monitor(Monitor monitor) {
        return new ModelCheckpoint(new Settings(settings.name, monitor, settings.saveBestOnly, settings.saveFreq,
                settings.period, settings.threshold, settings.verbose, settings.writer, settings.semantics));
    }

    /// Whether to save only when the metric is better than ever; false unless said.
    public ModelCheckpoint saveBestOnly(boolean saveBestOnly) {
        return new ModelCheckpoint(new Settings(settings.name, settings.monitor, saveBestOnly, settings.saveFreq,
                settings.period, settings.threshold, settings.verbose, settings.writer, settings.semantics));
    }

    /// Saves each time this many steps are done instead of after epochs. The name may have a field `batch`.
    ///
    /// @param steps at least 1
    public ModelCheckpoint saveFreq(int steps) {
        if (steps < 1) throw new IllegalArgumentException("saveFreq is at least 1 step, got " + steps);
        return new ModelCheckpoint(new Settings(settings.name, settings.monitor, settings.saveBestOnly,
                OptionalInt.of(steps), settings.period, settings.threshold, settings.verbose, settings.writer,
                settings.semantics));
    }

    /// Looks only at every so many epochs, as in Keras 2; 1 unless said.
    ///
    /// @param epochs at least 1
    public ModelCheckpoint period(int epochs) {
        if (epochs < 1) throw new IllegalArgumentException("period is at least 1 epoch, got " + epochs);
        return new ModelCheckpoint(new Settings(settings.name, settings.monitor, settings.saveBestOnly,
                settings.saveFreq, epochs, settings.threshold, settings.verbose, settings.writer, settings.semantics));
    }

    /// What the first value must be better than; anything is unless said.
    public ModelCheckpoint initialValueThreshold(double threshold) {
        return new ModelCheckpoint(new Settings(settings.name, settings.monitor, settings.saveBestOnly,
                settings.saveFreq, settings.period, OptionalDouble.of(threshold), settings.verbose, settings.writer,
                settings.semantics));
    }

    /// Whether to tell the user what was decided; false unless said.
    public ModelCheckpoint verbose(boolean verbose) {
        return new ModelCheckpoint(new Settings(settings.name, settings.monitor, settings.saveBestOnly,
                settings.saveFreq, settings.period, settings.threshold, verbose, settings.writer, settings.semantics));
    }

    /// The format of the files; Narwhal's container unless said, which cannot have a name of Keras' formats. Theirs is
    /// `KerasFiles.checkpoints(trainer)`.
    public ModelCheckpoint writer(CheckpointWriter writer) {
        return new ModelCheckpoint(new Settings(settings.name, settings.monitor, settings.saveBestOnly,
                settings.saveFreq, settings.period, settings.threshold, settings.verbose, writer, settings.semantics));
    }

    /// Whose decisions to take; Keras 3's unless said.
    public ModelCheckpoint semantics(Semantics semantics) {
        return new ModelCheckpoint(new Settings(settings.name, settings.monitor, settings.saveBestOnly,
                settings.saveFreq, settings.period, settings.threshold, settings.verbose, settings.writer, semantics));
    }

    @Override
    public void onTrainBegin(Training training) {
        checkEnding();
        epochsSinceSave = 0;
        stepsSinceSave = 0;
        warned = false;
        checked = false;
    }

    @Override
    public void onStepEnd(Training training, Step step) {
        if (!checked) checkFields(step);
        if (settings.saveFreq.isEmpty() || ++stepsSinceSave < settings.saveFreq.getAsInt()) return;
        stepsSinceSave = 0;
        var metrics = withLearningRate(step.metrics(), training.learningRate());
        consider(training, step.epoch(), metrics, () -> settings.name.format(step.epoch(), step.number(), metrics));
    }

    @Override
    public void onEpochEnd(Training training, Epoch epoch) {
        if (settings.saveFreq.isPresent() || ++epochsSinceSave < settings.period) return;
        epochsSinceSave = 0;
        var metrics = withLearningRate(epoch.metrics(), epoch.learningRate());
        consider(training, epoch.number(), metrics, () -> settings.name.format(epoch.number(), metrics));
    }

    @Override
    public CallbackState state() {
        return new CallbackState(Map.of("best", best, "epochs_since_save", (double) epochsSinceSave,
                "steps_since_save", (double) stepsSinceSave));
    }

    @Override
    public void restore(Training training, CallbackState state) {
        best = state.number("best", best);
        epochsSinceSave = state.count("epochs_since_save");
        stepsSinceSave = state.count("steps_since_save");
    }

    private void consider(Training training, int epoch, Map<String, Double> metrics,
            Supplier<String> file) {
        if (!settings.saveBestOnly) {
            if (settings.verbose) say(training, epoch, "saving model to " + file.get());
        } else if (!isBest(training, epoch, metrics.get(settings.monitor.name()), file)) {
            return;
        }
        training.save(Path.of(file.get()), settings.writer);
    }

    private boolean isBest(Training training, int epoch, @Nullable Double value,
            Supplier<String> file) {
        if (value == null) return withoutMetric(training, epoch);
        boolean better = improves(value);
        if (settings.verbose) {
            var before = Double.isInfinite(best) ? "None" : PythonNumber.fixed(best, 5);
            say(training, epoch, settings.monitor.name() + (better
                    ? " improved from " + before + " to " + PythonNumber.fixed(value, 5) + ", saving model to "
                            + file.get()
                    : " did not improve from " + before));
        }
        if (better) best = value;
        return better;
    }

    private boolean withoutMetric(Training training, int epoch) {
        boolean saved = settings.semantics == Semantics.KERAS_3;
        if (!warned) {
            training.say("ModelCheckpoint watches " + settings.monitor.name() + ", which epoch " + epoch
                    + " does not have; the model is " + (saved ? "saved" : "not saved") + " without it.");
        }
        warned = true;
        return saved;
    }

    private boolean improves(double value) {
        return switch (settings.semantics) {
            case KERAS_3 -> settings.monitor.improves(value, best, 0);
            case KERAS_2_2_4 -> settings.monitor.isBetter(value, best);
        };
    }

    private static void say(Training training, int epoch, String what) {
        training.say("Epoch " + epoch + ": " + what);
    }

    /// Narwhal's container under a name of Keras' would be a file that Keras cannot read.
    private void checkEnding() {
        var name = settings.name.text();
        if (settings.writer == CheckpointWriter.CONTAINER && name.matches("(?i).*\\.(keras|h5|hdf5)")) {
            throw Problem.USAGE_VALUE.because(
                    "ModelCheckpoint '" + name + "': has a name of Keras' formats, and no writer of them",
                    "add .writer(KerasFiles.checkpoints(trainer)), of narwhal.keras, or end the name with .ckpt");
        }
    }

    /// A field that no epoch will have is named after the first step rather than after the first epoch.
    private void checkFields(Step step) {
        checked = true;
        for (var field : settings.name.fields()) {
            boolean known = switch (field) {
                case "epoch", "learning_rate" -> true;
                case "batch" -> settings.saveFreq.isPresent();
                default -> step.metrics().containsKey(field.startsWith("val_") ? field.substring(4) : field);
            };
            if (!known) {
                throw Problem.USAGE_VALUE.because("'" + settings.name.text() + "': no field " + field,
                        "use epoch, learning_rate or one of " + step.metrics().keySet() + ", also with val_");
            }
        }
    }

    private static Map<String, Double> withLearningRate(Map<String, Double> metrics, double learningRate) {
        var all = new LinkedHashMap<>(metrics);
        all.put("learning_rate", learningRate);
        return all;
    }
}
