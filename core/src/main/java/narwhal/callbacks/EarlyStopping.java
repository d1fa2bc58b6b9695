package narwhal.callbacks;

import java.util.HashMap;
import java.util.Optional;
import java.util.OptionalDouble;
import narwhal.history.Epoch;
import narwhal.history.History;

/// Ends training when a metric has stopped improving.
///
/// ```java
/// EarlyStopping.on(VAL_LOSS).patience(5).restoreBestWeights(true)
/// ```
///
/// A value that is not a number is never an improvement, not even as the first one.
///
/// Source: `keras/src/callbacks/early_stopping.py` of Keras 3; `keras/callbacks.py` of Keras 2.2.4.
public final class EarlyStopping implements Callback {
    private final Settings settings;
    private double best;
    private int wait;
    private int bestEpoch;
    private int stoppedEpoch;
    private Optional<Training.Snapshot> bestWeights = Optional.empty();
    private boolean warned;

    private record Settings(Monitor monitor, double minDelta, int patience, OptionalDouble baseline,
            boolean restoreBestWeights, int startFromEpoch, boolean verbose, Semantics semantics) {}

    private EarlyStopping(Settings settings) {
        this.settings = settings;
        this.best = start();
    }

    /// Watches a metric, with Keras' patience of 0 epochs.
    public static EarlyStopping on(Monitor monitor) {
        return new EarlyStopping(
                new Settings(monitor, 0, 0, OptionalDouble.empty(), false, 0, false, Semantics.KERAS_3));
    }

    /// By how much a value must be better to count, in units of the metric; 0 unless said.
    public EarlyStopping minDelta(double minDelta) {
        return new EarlyStopping(new Settings(settings.monitor, Math.abs(minDelta), settings.patience,
                settings.baseline, settings.restoreBestWeights, settings.startFromEpoch, settings.verbose,
                settings.semantics));
    }

    /// Epochs without improvement before training ends; 0 unless said, which acts like 1.
    public EarlyStopping patience(int epochs) {
        if (epochs < 0) throw new IllegalArgumentException("patience is 0 or more epochs, got " + epochs);
        return new EarlyStopping(new Settings(settings.monitor, settings.minDelta, epochs, settings.baseline,
                settings.restoreBestWeights, settings.startFromEpoch, settings.verbose, settings.semantics));
    }

    /// What the metric must be better than for the wait to start again; nothing unless said.
    public EarlyStopping baseline(double baseline) {
        return new EarlyStopping(new Settings(settings.monitor, settings.minDelta, settings.patience,
                OptionalDouble.of(baseline), settings.restoreBestWeights, settings.startFromEpoch, settings.verbose,
                settings.semantics));
    }

    /// Whether the weights of the best epoch are put back at the end; false unless said.
    public EarlyStopping restoreBestWeights(boolean restore) {
        return new EarlyStopping(new Settings(settings.monitor, settings.minDelta, settings.patience,
                settings.baseline, restore, settings.startFromEpoch, settings.verbose, settings.semantics));
    }

    /// Epochs at the beginning that are not watched; 0 unless said.
    public EarlyStopping startFromEpoch(int epochs) {
        if (epochs < 0) throw new IllegalArgumentException("startFromEpoch is 0 or more epochs, got " + epochs);
        return new EarlyStopping(new Settings(settings.monitor, settings.minDelta, settings.patience,
                settings.baseline, settings.restoreBestWeights, epochs, settings.verbose, settings.semantics));
    }

    /// Whether to tell the user why training ended; false unless said.
    public EarlyStopping verbose(boolean verbose) {
        return new EarlyStopping(new Settings(settings.monitor, settings.minDelta, settings.patience,
                settings.baseline, settings.restoreBestWeights, settings.startFromEpoch, verbose, settings.semantics));
    }

    /// Whose decisions to take; Keras 3's unless said.
    public EarlyStopping semantics(Semantics semantics) {
        return new EarlyStopping(new Settings(settings.monitor, settings.minDelta, settings.patience,
                settings.baseline, settings.restoreBestWeights, settings.startFromEpoch, settings.verbose, semantics));
    }

    private double start() {
        return settings.semantics == Semantics.KERAS_3
                ? settings.monitor.worst()
                : settings.baseline.orElse(settings.monitor.worst());
    }

    @Override
    public void onTrainBegin(Training training) {
        best = start();
        wait = 0;
        bestEpoch = 0;
        stoppedEpoch = 0;
        bestWeights = Optional.empty();
        warned = false;
    }

    @Override
    public void onEpochEnd(Training training, Epoch epoch) {
        var value = settings.monitor.of(epoch);
        if (value.isEmpty()) {
            if (!warned)
                training.say("EarlyStopping watches " + settings.monitor.name() + ", which epoch "
                        + epoch.number() + " does not have; training goes on.");
            warned = true;
        } else if (epoch.number() > settings.startFromEpoch) {
            switch (settings.semantics) {
                case KERAS_3 -> keras3(training, epoch.number(), value.getAsDouble());
                case KERAS_2_2_4 -> keras224(training, epoch.number(), value.getAsDouble());
            }
        }
    }

    private void keras3(Training training, int epoch, double value) {
        if (settings.restoreBestWeights && bestWeights.isEmpty()) remember(training, epoch);
        wait++;
        if (settings.monitor.improves(value, best, settings.minDelta)) {
            best = value;
            remember(training, epoch);
            if (settings.baseline.isEmpty()
                    || settings.monitor.improves(value, settings.baseline.getAsDouble(), settings.minDelta)) {
                wait = 0;
            }
        } else if (wait >= settings.patience && epoch > 1) {
            stop(training, epoch);
        }
    }

    private void keras224(Training training, int epoch, double value) {
        if (settings.monitor.isBetter(settings.monitor.worse(value, settings.minDelta), best)) {
            best = value;
            remember(training, epoch);
            wait = 0;
        } else if (++wait >= settings.patience) {
            stop(training, epoch);
        }
    }

    private void remember(Training training, int epoch) {
        bestEpoch = epoch;
        if (settings.restoreBestWeights) bestWeights = Optional.of(training.snapshot());
    }

    private void stop(Training training, int epoch) {
        stoppedEpoch = epoch;
        training.stop(settings.monitor.name() + " has not improved since epoch " + bestEpoch);
    }

    /// Keras 2.2.4 puts the weights back only when it stops the training itself.
    @Override
    public void onTrainEnd(Training training, History history) {
        if (settings.verbose && stoppedEpoch > 0) training.say("Epoch " + stoppedEpoch + ": early stopping");
        if (settings.semantics == Semantics.KERAS_2_2_4 && stoppedEpoch == 0) return;
        bestWeights.ifPresent(weights -> {
            if (settings.verbose)
                training.say("Restoring model weights from the end of the best epoch: " + bestEpoch + ".");
            training.restoreWeights(weights);
        });
    }

    @Override
    public CallbackState state() {
        var numbers = new HashMap<String, Double>();
        numbers.put("best", best);
        numbers.put("wait", (double) wait);
        numbers.put("best_epoch", (double) bestEpoch);
        numbers.put("stopped_epoch", (double) stoppedEpoch);
        return new CallbackState(numbers, bestWeights);
    }

    @Override
    public void restore(Training training, CallbackState state) {
        best = state.number("best", best);
        wait = state.count("wait");
        bestEpoch = state.count("best_epoch");
        bestWeights = state.weights();
        if (state.count("stopped_epoch") > 0) stop(training, state.count("stopped_epoch"));
    }
}
