package narwhal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import narwhal.callbacks.CSVLogger;
import narwhal.callbacks.Callback;
import narwhal.callbacks.CheckpointWriter;
import narwhal.callbacks.EarlyStopping;
import narwhal.callbacks.FileNameTemplate;
import narwhal.callbacks.ModelCheckpoint;
import narwhal.callbacks.Monitor;
import narwhal.callbacks.ReduceLROnPlateau;
import narwhal.errors.Problem;
import picocli.CommandLine.Option;

/// What watches the training and acts on it, in the words of Keras' callbacks.
final class CallbackOptions {
    private static final List<Monitor> MONITORS = List.of(Monitor.VAL_LOSS, Monitor.VAL_ACCURACY, Monitor.LOSS,
            Monitor.ACCURACY);

    @Option(names = "--monitor", paramLabel = "METRIC", description = "What all of them watch: val_loss, val_accuracy, loss or accuracy (default: ${DEFAULT-VALUE}).")
    private String monitor = "val_loss";

    @Option(names = "--checkpoint", paramLabel = "TEMPLATE", description = "ModelCheckpoint: also save after an epoch as, say, 'orca-{epoch:02d}-{val_loss:.2f}.ckpt', or .keras or .h5 for Keras, in the run folder unless the path is absolute.")
    private Optional<String> checkpoint = Optional.empty();

    @Option(names = "--save-best-only", description = "ModelCheckpoint: only when the metric is better than ever.")
    private boolean saveBestOnly;

    @Option(names = "--reduce-lr-patience", paramLabel = "EPOCHS", description = "ReduceLROnPlateau: lower the learning rate after so many epochs without improvement.")
    private Optional<Integer> reduceLrPatience = Optional.empty();

    @Option(names = "--reduce-lr-factor", paramLabel = "FACTOR", description = "ReduceLROnPlateau: to this part (default: 0.1).")
    private Optional<Double> reduceLrFactor = Optional.empty();

    @Option(names = "--reduce-lr-min-delta", paramLabel = "DELTA", description = "ReduceLROnPlateau: what counts as improvement (default: 0.0001).")
    private Optional<Double> reduceLrMinDelta = Optional.empty();

    @Option(names = "--reduce-lr-cooldown", paramLabel = "EPOCHS", description = "ReduceLROnPlateau: wait before watching again (default: 0).")
    private Optional<Integer> reduceLrCooldown = Optional.empty();

    @Option(names = "--min-learning-rate", paramLabel = "RATE", description = "ReduceLROnPlateau: never below (default: 0).")
    private Optional<Double> minLearningRate = Optional.empty();

    @Option(names = "--early-stopping-patience", paramLabel = "EPOCHS", description = "EarlyStopping: end after so many epochs without improvement.")
    private Optional<Integer> earlyStoppingPatience = Optional.empty();

    @Option(names = "--early-stopping-min-delta", paramLabel = "DELTA", description = "EarlyStopping: what counts as improvement (default: 0).")
    private Optional<Double> earlyStoppingMinDelta = Optional.empty();

    @Option(names = "--restore-best-weights", description = "EarlyStopping: end with the weights of the best epoch.")
    private boolean restoreBestWeights;

    @Option(names = "--csv-log", paramLabel = "FILE", description = "CSVLogger: one row for each epoch.")
    private Optional<Path> csvLog = Optional.empty();

    /// @param validates whether there is a validation
    void check(boolean validates) {
        Values.checkWord("--monitor", monitor, MONITORS.stream().map(Monitor::name).toList());
        checkpoint.ifPresent(this::checkTemplate);
        if (checkpoint.isEmpty() && saveBestOnly) needs("--save-best-only", "--checkpoint");
        reduceLrPatience.ifPresentOrElse(
                patience -> Values.check(patience >= 0, "--reduce-lr-patience", patience, "0 or more epochs"), () -> {
                    if (reduceLrFactor.isPresent()) needs("--reduce-lr-factor", "--reduce-lr-patience");
                    if (reduceLrMinDelta.isPresent()) needs("--reduce-lr-min-delta", "--reduce-lr-patience");
                    if (reduceLrCooldown.isPresent()) needs("--reduce-lr-cooldown", "--reduce-lr-patience");
                    if (minLearningRate.isPresent()) needs("--min-learning-rate", "--reduce-lr-patience");
                });
        reduceLrFactor.ifPresent(factor -> Values.check(factor > 0 && factor < 1, "--reduce-lr-factor", factor,
                "above 0 and below 1"));
        reduceLrMinDelta.ifPresent(delta -> Values.check(delta >= 0, "--reduce-lr-min-delta", delta, "0 or more"));
        reduceLrCooldown.ifPresent(epochs -> Values.check(epochs >= 0, "--reduce-lr-cooldown", epochs, "0 or more"));
        minLearningRate.ifPresent(rate -> Values.check(rate >= 0, "--min-learning-rate", rate, "0 or more"));
        earlyStoppingPatience.ifPresentOrElse(
                patience -> Values.check(patience >= 0, "--early-stopping-patience", patience, "0 or more epochs"),
                () -> {
                    if (earlyStoppingMinDelta.isPresent())
                        needs("--early-stopping-min-delta",
                                "--early-stopping-patience");
                    if (restoreBestWeights) needs("--restore-best-weights", "--early-stopping-patience");
                });
        earlyStoppingMinDelta.ifPresent(delta -> Values.check(delta >= 0, "--early-stopping-min-delta", delta,
                "0 or more"));
        if (!validates && monitor.startsWith("val_") && (checkpoint.isPresent() && saveBestOnly
                || reduceLrPatience.isPresent() || earlyStoppingPatience.isPresent())) {
            throw Problem.USAGE_CONFLICT.because("there is no validation, so nothing can watch " + monitor,
                    "add --monitor loss or a validation set");
        }
    }

    private static void needs(String option, String other) {
        throw Problem.USAGE_CONFLICT.because(option + " does nothing without " + other, "add " + other);
    }

    /// Formatted once with made-up numbers, so that a mistake is found before the first epoch.
    private void checkTemplate(String template) {
        var metrics = new LinkedHashMap<String, Double>();
        for (var known : MONITORS) metrics.put(known.name(), 0.5);
        metrics.put("learning_rate", 0.001);
        new FileNameTemplate(template).format(1, metrics);
    }

    /// The callbacks that were asked for.
    ///
    /// @param folder of the run
    /// @param writer of checkpoints, which knows formats by their names
    List<Callback> callbacks(Path folder, CheckpointWriter writer) {
        var watched = MONITORS.stream().filter(m -> m.name().equals(monitor)).findFirst().orElseThrow();
        var callbacks = new ArrayList<Callback>();
        checkpoint.ifPresent(template -> callbacks.add(ModelCheckpoint.to(folder.resolve(template).toString())
                .monitor(watched).saveBestOnly(saveBestOnly).writer(writer)));
        reduceLrPatience.ifPresent(patience -> callbacks.add(reduceLearningRate(watched, patience)));
        earlyStoppingPatience.ifPresent(patience -> callbacks.add(earlyStopping(watched, patience)));
        csvLog.ifPresent(file -> callbacks.add(CSVLogger.to(file)));
        return callbacks;
    }

    private Callback reduceLearningRate(Monitor watched, int patience) {
        var callback = ReduceLROnPlateau.on(watched).patience(patience).verbose(true);
        if (reduceLrFactor.isPresent()) callback = callback.factor(reduceLrFactor.get());
        if (reduceLrMinDelta.isPresent()) callback = callback.minDelta(reduceLrMinDelta.get());
        if (reduceLrCooldown.isPresent()) callback = callback.cooldown(reduceLrCooldown.get());
        return minLearningRate.isPresent() ? callback.minLearningRate(minLearningRate.get()) : callback;
    }

    private Callback earlyStopping(Monitor watched, int patience) {
        var callback = EarlyStopping.on(watched).patience(patience).restoreBestWeights(restoreBestWeights)
                .verbose(true);
        return earlyStoppingMinDelta.isPresent() ? callback.minDelta(earlyStoppingMinDelta.get()) : callback;
    }
}
