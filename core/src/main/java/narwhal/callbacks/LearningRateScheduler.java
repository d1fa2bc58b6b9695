package narwhal.callbacks;

import java.util.Map;

/// Sets the learning rate at the beginning of every epoch.
///
/// ```java
/// LearningRateScheduler.of((epoch, rate) -> epoch < 10 ? rate : rate * 0.9)
/// ```
///
/// Source: `keras/src/callbacks/learning_rate_scheduler.py` of Keras 3.
public final class LearningRateScheduler implements Callback {
    private final Schedule schedule;
    private final boolean verbose;
    private int lastEpoch;

    /// A rule for the learning rate; it must depend on nothing but its arguments, or a resumed training differs.
    @FunctionalInterface
    public interface Schedule {
        /// The rate for an epoch.
        ///
        /// @param epoch from 0, as in Keras: 0 is the first one
        /// @param rate so far
        /// @return finite, 0 or more
        double rate(int epoch, double rate);
    }

    private LearningRateScheduler(Schedule schedule, boolean verbose) {
        this.schedule = schedule;
        this.verbose = verbose;
    }

    /// Follows a schedule.
    public static LearningRateScheduler of(Schedule schedule) {
        return new LearningRateScheduler(schedule, false);
    }

    /// Whether to tell the user each rate; false unless said.
    public LearningRateScheduler verbose(boolean verbose) {
        return new LearningRateScheduler(schedule, verbose);
    }

    @Override
    public void onTrainBegin(Training training) {
        lastEpoch = 0;
    }

    /// An epoch that is taken up in its middle has its rate already.
    @Override
    public void onEpochBegin(Training training, int epoch) {
        if (epoch == lastEpoch) return;
        lastEpoch = epoch;
        double rate = schedule.rate(epoch - 1, training.learningRate());
        if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a schedule gives a finite rate of 0 or more, got " + rate + " for epoch " + (epoch - 1));
        }
        training.learningRate(rate);
        if (verbose) {
            training.say("Epoch " + epoch + ": LearningRateScheduler setting learning rate to "
                    + PythonNumber.shortest(rate) + ".");
        }
    }

    @Override
    public CallbackState state() {
        return new CallbackState(Map.of("last_epoch", (double) lastEpoch));
    }

    @Override
    public void restore(Training training, CallbackState state) {
        lastEpoch = state.count("last_epoch");
    }
}
