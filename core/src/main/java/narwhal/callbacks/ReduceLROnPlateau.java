package narwhal.callbacks;

import java.util.Map;
import narwhal.history.Epoch;

/// Lowers the learning rate when a metric has stopped improving.
///
/// ```java
/// ReduceLROnPlateau.on(VAL_LOSS).factor(0.5).patience(20).minLearningRate(1e-8)
/// ```
///
/// A value that is not a number is never an improvement, not even as the first one.
///
/// Source: `keras/src/callbacks/reduce_lr_on_plateau.py` of Keras 3; `keras/callbacks.py` of Keras 2.2.4.
public final class ReduceLROnPlateau implements Callback {
    private final Settings settings;
    private double best;
    private int wait;
    private int cooldownLeft;
    private boolean warned;

    private record Settings(Monitor monitor, double factor, int patience, double minDelta, int cooldown,
            double minLearningRate, boolean verbose, Semantics semantics) {}

    private ReduceLROnPlateau(Settings settings) {
        this.settings = settings;
        this.best = settings.monitor.worst();
    }

    /// Watches a metric, with Keras' factor of 0.1, patience of 10 epochs and least improvement of 10⁻⁴.
    public static ReduceLROnPlateau on(Monitor monitor) {
        return new ReduceLROnPlateau(new Settings(monitor, 0.1, 10, 1e-4, 0, 0, false, Semantics.KERAS_3));
    }

    /// What the learning rate is multiplied by; 0.1 unless said.
    ///
    /// @param factor above 0 and less than 1
    public ReduceLROnPlateau factor(double factor) {
        if (!(factor > 0 && factor < 1)) {
            throw new IllegalArgumentException("ReduceLROnPlateau needs a factor between 0 and 1, got " + factor);
        }
        return new ReduceLROnPlateau(new Settings(settings.monitor, factor, settings.patience, settings.minDelta,
                settings.cooldown, settings.minLearningRate, settings.verbose, settings.semantics));
    }

    /// Epochs without improvement before the rate is lowered; 10 unless said. 0 acts like 1.
    public ReduceLROnPlateau patience(int epochs) {
        return new ReduceLROnPlateau(
                new Settings(settings.monitor, settings.factor, notNegative("patience", epochs), settings.minDelta,
                        settings.cooldown, settings.minLearningRate, settings.verbose, settings.semantics));
    }

    /// By how much a value must be better to count, in units of the metric; 10⁻⁴ unless said.
    public ReduceLROnPlateau minDelta(double minDelta) {
        return new ReduceLROnPlateau(new Settings(settings.monitor, settings.factor, settings.patience,
                Math.abs(minDelta), settings.cooldown, settings.minLearningRate, settings.verbose, settings.semantics));
    }

    /// Epochs after a reduction in which nothing is counted; 0 unless said.
    public ReduceLROnPlateau cooldown(int epochs) {
        return new ReduceLROnPlateau(new Settings(settings.monitor, settings.factor, settings.patience,
                settings.minDelta, notNegative("cooldown", epochs), settings.minLearningRate, settings.verbose,
                settings.semantics));
    }

    /// Below this the rate does not fall (`min_lr` in Keras); 0 unless said.
    public ReduceLROnPlateau minLearningRate(double rate) {
        return new ReduceLROnPlateau(new Settings(settings.monitor, settings.factor, settings.patience,
                settings.minDelta, settings.cooldown, rate, settings.verbose, settings.semantics));
    }

    /// Whether to tell the user of each reduction; false unless said.
    public ReduceLROnPlateau verbose(boolean verbose) {
        return new ReduceLROnPlateau(new Settings(settings.monitor, settings.factor, settings.patience,
                settings.minDelta, settings.cooldown, settings.minLearningRate, verbose, settings.semantics));
    }

    /// Whose decisions to take; Keras 3's unless said.
    public ReduceLROnPlateau semantics(Semantics semantics) {
        return new ReduceLROnPlateau(new Settings(settings.monitor, settings.factor, settings.patience,
                settings.minDelta, settings.cooldown, settings.minLearningRate, settings.verbose, semantics));
    }

    private static int notNegative(String name, int epochs) {
        if (epochs < 0) throw new IllegalArgumentException(name + " is 0 or more epochs, got " + epochs);
        return epochs;
    }

    @Override
    public void onTrainBegin(Training training) {
        best = settings.monitor.worst();
        wait = 0;
        cooldownLeft = 0;
        warned = false;
    }

    @Override
    public void onEpochEnd(Training training, Epoch epoch) {
        var value = settings.monitor.of(epoch);
        if (value.isEmpty()) {
            if (!warned)
                training.say("ReduceLROnPlateau watches " + settings.monitor.name() + ", which epoch "
                        + epoch.number() + " does not have; the learning rate stays.");
            warned = true;
            return;
        }
        if (cooldownLeft > 0) {
            cooldownLeft--;
            wait = 0;
        }
        if (improves(value.getAsDouble())) {
            best = value.getAsDouble();
            wait = 0;
        } else if (cooldownLeft == 0 && ++wait >= settings.patience) {
            reduce(training, epoch.number());
        }
    }

    /// At the lower bound nothing is reset: the wait goes on growing, as in Keras.
    private void reduce(Training training, int epoch) {
        double old = training.learningRate();
        if (!(old > (float) settings.minLearningRate)) return;
        double rate = Math.max(old * settings.factor, settings.minLearningRate);
        training.learningRate(rate);
        if (settings.verbose) {
            training.say("Epoch " + epoch + ": ReduceLROnPlateau reducing learning rate to "
                    + PythonNumber.shortest(rate) + ".");
        }
        cooldownLeft = settings.cooldown;
        wait = 0;
    }

    private boolean improves(double value) {
        var monitor = settings.monitor;
        return switch (settings.semantics) {
            case KERAS_3 -> monitor.improves(value, best, settings.minDelta);
            case KERAS_2_2_4 -> monitor.isBetter(value, monitor.worse(best, -settings.minDelta));
        };
    }

    @Override
    public CallbackState state() {
        return new CallbackState(
                Map.of("best", best, "wait", (double) wait, "cooldown_left", (double) cooldownLeft));
    }

    @Override
    public void restore(Training training, CallbackState state) {
        best = state.number("best", best);
        wait = state.count("wait");
        cooldownLeft = state.count("cooldown_left");
    }
}
