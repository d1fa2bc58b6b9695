package narwhal.doctor.checks;

import java.util.List;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Known;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;

/// A narrow layer throws away what the output needs.
final class BottleneckLayer implements Check {
    private static final double STEP = 0.01;

    @Override
    public Illness illness() {
        return Illness.BOTTLENECK_LAYER;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var layers = run.layers();
        if (layers.isEmpty()) return Optional.empty();
        var dense = layers.get().values().stream().filter(l -> l.kind().startsWith("Dense") && l.units().isPresent())
                .map(l -> l.units().getAsLong()).toList();
        if (dense.size() < 2) return Optional.empty();
        long outputs = run.classes().map(Known::value).orElse(dense.getLast());
        // A single unit at the end is the output, whatever the number of classes.
        var hidden = dense.getLast() == outputs || dense.getLast() == 1 ? dense.subList(0, dense.size() - 1) : dense;
        var narrow = narrow(hidden, outputs);
        if (narrow.isEmpty()) return Optional.empty();
        var widths = String.join(" -> ", dense.stream().map(String::valueOf).toList());
        var suspicion = Suspicion.of(illness(), Severity.WARNING, "A narrow layer throws away what the output needs: "
                + narrow.get().words())
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated("dense layers " + widths));
        boolean weak = !run.accuracy().isEmpty() && run.accuracy().most() < 0.95;
        boolean soon = isUnderWay(run.loss()) && isUnderWay(run.rawValidationLoss());
        // A few units may hold many classes; inputs that are large explain a weak run by themselves.
        boolean otherwise = soon || InputsNotNormalised.areLarge(run);
        if (!weak || narrow.get().isMild() || otherwise && !narrow.get().isHard())
            return Optional.of(finish(suspicion.severity(Severity.INFO)));
        var finished = finish(suspicion.sign(Grounds.SHAPE, narrow.get().isHard() ? 4 : 3, new Evidence.Printed(
                Say.format("training accuracy does not pass %.3f", run.accuracy().most()))));
        return Optional.of(narrow.get().isHard() ? finished.share(1) : finished);
    }

    /// Whether the loss is best at the end and still falls by more than a hundredth in an epoch: how far it goes is not known yet.
    private static boolean isUnderWay(Curve loss) {
        int last = loss.size() - 1;
        return last >= 3 && loss.lowest() == last && 1 - loss.last() / loss.value(last - 3) > 3 * STEP;
    }

    /// @param isMild whether it leaves room for all classes, with more than half as many units
    /// @param isHard whether it leaves a quarter as many units as there are classes, or fewer
    private record Narrow(String words, boolean isMild, boolean isHard) {}

    private static Optional<Narrow> narrow(List<Long> hidden, long outputs) {
        Optional<Narrow> narrow = Optional.empty();
        for (int i = 0; i < hidden.size(); i++) {
            long units = hidden.get(i);
            boolean squeezed = i > 0 && i + 1 < hidden.size()
                    && units * 8 <= Math.min(hidden.get(i - 1), hidden.get(i + 1));
            if (squeezed) {
                narrow = Optional.of(new Narrow(Say.format("a layer of %d units between %d and %d", units,
                        hidden.get(i - 1), hidden.get(i + 1)), false, false));
            } else if (outputs >= 4 && units < outputs) {
                narrow = Optional.of(new Narrow(Say.format("a layer of %d units before %d outputs", units, outputs),
                        2 * units > outputs, 4 * units <= outputs));
            }
        }
        return narrow;
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion.share(0.7).remedy("no hidden layer narrower than the number of classes")
                .confirm("widen that layer alone and train again");
    }
}
