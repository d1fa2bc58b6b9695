package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;
import narwhal.history.facts.Stated;
import narwhal.history.log.Event;

/// Targets are not what the loss takes.
final class LabelEncoding implements Check {
    private static final double MOSTLY_RIGHT = 0.9;

    @Override
    public Illness illness() {
        return Illness.LABEL_ENCODING;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        return NegativeLoss.of(run).or(() -> OtherLabels.zeroTargets(run)).or(() -> NegativeLoss.ofValidation(run))
                .or(() -> moreClasses(run)).or(() -> OtherLabels.oneClass(run)).or(() -> Overlaps.of(run))
                .or(() -> broadcast(run)).or(() -> OtherLabels.of(run)).or(() -> statements(run));
    }

    /// The folder of the validation images has more sub-folders than that of the training images.
    private Optional<Suspicion> moreClasses(Case run) {
        var found = run.run().data().found();
        if (found.size() < 2 || found.get(0).classes().isEmpty() || found.get(1).classes().isEmpty())
            return Optional.empty();
        int training = found.get(0).classes().getAsInt();
        int validation = found.get(1).classes().getAsInt();
        if (training < 1 || validation <= training) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.ERROR,
                "Validation has more classes than training: its labels are outside of what the output knows")
                .sign(Grounds.MESSAGE, 7, new Evidence.Printed(Say.format(
                        "%d training images belonging to %d classes, %d validation images belonging to %d",
                        found.get(0).images(), training, found.get(1).images(), validation)))
                .remedy("the same sub-folders on both sides, one for each class (a hidden or nested folder counts as one);\n"
                        + "or classes=[...] in both calls of flow_from_directory")
                .confirm("compare class_indices of both generators"));
    }

    /// PyTorch subtracts a row of targets from a column of outputs as a table, each output from each target.
    private Optional<Suspicion> broadcast(Case run) {
        return run.run().events(Event.Warning.class).stream().map(Event.Warning::text)
                .filter(text -> text.contains("different to the input size")).findFirst()
                .map(text -> Suspicion.of(illness(), Severity.ERROR,
                        "Targets have another shape than outputs: each output is compared with each target")
                        .sign(Grounds.MESSAGE, Grounds.MESSAGE.cap(), new Evidence.Printed(
                                "\"" + text.substring(0, Math.min(150, text.length())) + "\""))
                        .consequence("the best such answer is the mean of all targets (constant-predictor)")
                        .remedy("criterion(outputs.squeeze(1), targets), or targets.unsqueeze(1)")
                        .confirm("print outputs.shape and targets.shape: they must be equal"));
    }

    private Optional<Suspicion> statements(Case run) {
        var units = run.facts().value(FactKey.OUTPUT_UNITS);
        // Of a set that everybody knows, more outputs than classes may be an autoencoder's.
        var classes = run.facts().get(FactKey.CLASSES)
                .filter(stated -> !stated.byDefault() || units.isPresent() && units.get() < stated.value())
                .map(Stated::value)
                .or(() -> run.run().data().classes().stream().boxed().map(Long::valueOf).findFirst());
        var loss = run.facts().value(FactKey.LOSS).orElse("");
        var mode = run.facts().value(FactKey.CLASS_MODE).orElse("");
        Optional<String> row = Optional.empty();
        if (units.isPresent() && classes.isPresent() && units.get() > 1 && !units.get().equals(classes.get())
                && !isHidden(run, units.get())) {
            row = Optional.of(Say.format("%d output units for %d classes", units.get(), classes.get()));
        } else if (loss.startsWith("sparse") && mode.equals("categorical")) {
            row = Optional.of("one-hot labels (class_mode='categorical') with a sparse loss");
        } else if (loss.equals("categorical_crossentropy") && mode.equals("sparse")) {
            row = Optional.of("class ids (class_mode='sparse') with categorical_crossentropy");
        }
        if (row.isEmpty()) return Optional.empty();
        // Outputs that no class uses harm nobody who has learned to leave them alone.
        boolean spare = units.isPresent() && classes.isPresent() && units.get() > classes.get()
                && run.learning().gotAnywhere() && run.shownAccuracy().most() > MOSTLY_RIGHT;
        var suspicion = Suspicion.of(illness(), spare ? Severity.INFO : Severity.ERROR,
                "Labels and output do not fit: " + row.get())
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(row.get()));
        if (!run.learning().gotAnywhere()) {
            suspicion = suspicion.sign(Grounds.SHAPE, 3, new Evidence.Computed("and the run does not learn"));
        }
        return Optional.of(finish(suspicion));
    }

    /// Whether the last layer that is stated is one of several alike, as in `20 x Dense 64`: then the output is not among them.
    private static boolean isHidden(Case run, long units) {
        return run.layers().map(layers -> layers.values().stream()
                .filter(layer -> layer.units().orElse(0) == units).count() > 1).orElse(false);
    }

    static Suspicion finish(Suspicion suspicion) {
        return suspicion.remedy(
                "ids 0 to C-1 with a sparse loss, one-hot rows with a categorical one, 0 and 1 with a binary one")
                .confirm("print the smallest and largest label and the shape of one batch");
    }
}
