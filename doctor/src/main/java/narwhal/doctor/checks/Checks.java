package narwhal.doctor.checks;

import java.util.List;
import narwhal.doctor.Check;

/// All checks of the catalogue.
public final class Checks {
    private Checks() {
    }

    /// One check for each illness, in the order of the catalogue.
    public static List<Check> all() {
        return List.of(
                new RotatingValidation(),
                new FixedPartialValidation(),
                new WrappedValidation(),
                new ClassSortedValidation(),
                new StochasticValidation(),
                new BatchSizeMismatch(),
                new TrainingStepsMismatch(),
                new InputExhausted(),
                new ValidationSplitTail(),
                new LastBatchWeighting(),
                new TrainingNotShuffled(),
                new EpochBoundarySawtooth(),
                new IncomparableMonitor(),
                new MonitorMissing(),
                new LuckyBestEpoch(),
                new ValidationTooSmall(),
                new NoValidation(),
                new TooFewEpochs(),
                new GroupLeakage(),
                new ExactDuplicates(),
                new ClassImbalance(),
                new LabelNoise(),
                new LabelEncoding(),
                new ClassOrderMismatch(),
                new InputsNotNormalised(),
                new InputsScaledTwice(),
                new PreprocessingMismatch(),
                new ConstantInput(),
                new DistributionShift(),
                new TrainingSetTooSmall(),
                new LearningRateTooHigh(),
                new Divergence(),
                new LearningRateTooLow(),
                new NotANumber(),
                new ConstantPredictor(),
                new SaturatedOutput(),
                new DeadRelu(),
                new VanishingGradient(),
                new ExplodingGradient(),
                new HeadLossMismatch(),
                new MetricMismatch(),
                new Overfitting(),
                new Underfitting(),
                new BottleneckLayer(),
                new OverRegularised(),
                new BatchNormMismatch(),
                new Plateau(),
                new StoppedTooEarly(),
                new FrozenWeights(),
                new StackedLinearLayers(),
                new CollapsedFeatureMap(),
                new ValidationNoise(),
                new Healthy());
    }
}
