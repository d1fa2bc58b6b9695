package narwhal.callbacks;

import java.util.Map;
import narwhal.history.Epoch;

/// Ends training in order when a loss or a metric is no longer a finite number, also one of the validation.
///
/// Narwhal's trainer checks the training loss and every gradient by itself and ends with an error before the weights are
/// harmed; this callback is for what it does not check: the validation and metrics of your own.
///
/// Source: `keras/src/callbacks/terminate_on_nan.py` of Keras 3.
public record TerminateOnNaN() implements Callback {
    /// The batch is counted from 0, as in Keras.
    @Override
    public void onStepEnd(Training training, Step step) {
        if (isFinite(step.metrics())) return;
        training.say("Batch " + (step.number() - 1) + ": Invalid loss, terminating training");
        training.stop("not a finite number at step " + step.number() + " of epoch " + step.epoch());
    }

    @Override
    public void onEpochEnd(Training training, Epoch epoch) {
        epoch.metrics().entrySet().stream().filter(metric -> !Double.isFinite(metric.getValue())).findFirst()
                .ifPresent(metric -> {
                    var what = metric.getKey() + " is " + PythonNumber.shortest(metric.getValue());
                    training.say("Epoch " + epoch.number() + ": " + what + ", terminating training");
                    training.stop(what);
                });
    }

    private static boolean isFinite(Map<String, Double> metrics) {
        return metrics.values().stream().allMatch(Double::isFinite);
    }
}
