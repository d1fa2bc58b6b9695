package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.statistics.Robust;
import narwhal.history.log.LoggedEpoch;
import narwhal.history.log.Metric;
import narwhal.history.log.StepReading;

/// The step-level loss jumps at the boundary of epochs.
final class EpochBoundarySawtooth implements Check {
    private static final double JUMP = 3;
    private static final double MOST = 0.8;

    @Override
    public Illness illness() {
        return Illness.EPOCH_BOUNDARY_SAWTOOTH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        if (run.format().stepsAreMeans()) return Optional.empty();
        var epochs = run.run().completeEpochs();
        int boundaries = 0;
        int jumps = 0;
        for (int i = 1; i < epochs.size(); i++) {
            var before = losses(epochs.get(i - 1));
            var after = losses(epochs.get(i));
            if (before.length < 8 || after.length < 8) continue;
            boundaries++;
            double noise = Math.max(Robust.noise(before), Robust.noise(after));
            double from = Robust.median(Arrays.copyOfRange(before, before.length - 3, before.length));
            double to = Robust.median(Arrays.copyOfRange(after, 0, 3));
            if (noise > 0 && Math.abs(to - from) > JUMP * noise) jumps++;
        }
        if (boundaries < 3 || jumps <= MOST * boundaries) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.INFO, "The loss jumps whenever a new epoch begins")
                .sign(Grounds.SHAPE, 5, new Evidence.Computed(Say.format(
                        "at %d of %d boundaries the step loss jumps by more than 3 standard deviations", jumps,
                        boundaries)))
                .share(0.2)
                .consequence(
                        "benign where a large model memorises: the loss drops when an image is seen the second time")
                .remedy("a larger shuffle buffer, if the order within an epoch is always the same")
                .confirm("print the labels of the first and the last batch of two epochs"));
    }

    private static double[] losses(LoggedEpoch epoch) {
        return epoch.steps().stream().map(StepReading::metrics).filter(m -> m.containsKey(Metric.LOSS))
                .mapToDouble(m -> m.get(Metric.LOSS).value()).filter(Double::isFinite).toArray();
    }
}
