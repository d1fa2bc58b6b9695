package narwhal.doctor.checks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.statistics.CrossEntropy;
import narwhal.history.ValidationAudit.ClassCount;
import narwhal.history.facts.Counts;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;
import narwhal.history.log.Role;

/// Some classes have many times the images of others, and the network answers with the commonest.
final class ClassImbalance implements Check {
    private static final int LONG = 8;
    private static final double EXTREME = 100;
    private static final double LEAST_SHARE = 0.75;
    private static final String REMEDY = "class_weight='balanced' weights, a balanced metric, more of the rare classes";

    @Override
    public Illness illness() {
        return Illness.CLASS_IMBALANCE;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var counts = run.facts().value(FactKey.CLASS_COUNTS).map(Counts::values).or(() -> audited(run));
        if (counts.isEmpty() || counts.get().size() < 2) return neverFound(run).or(() -> alwaysTheCommonest(run));
        long most = counts.get().stream().mapToLong(Long::longValue).max().orElse(1);
        long least = Math.max(1, counts.get().stream().mapToLong(Long::longValue).min().orElse(1));
        double total = counts.get().stream().mapToLong(Long::longValue).sum();
        double share = most / total;
        double entropy = counts.get().stream().filter(n -> n > 0).mapToDouble(n -> -n / total * Math.log(n / total))
                .sum();
        double ratio = (double) most / least;
        boolean majority = !run.rawValidationAccuracy().isEmpty()
                && Math.abs(run.rawValidationAccuracy().late().median() - share) < Math.max(
                        Math.min(0.005, (1 - share) / 4), 2 * run.standardError(share).orElse(0.01));
        boolean level = !run.loss().isEmpty() && Math.abs(run.loss().last() - entropy) < 0.05 * entropy;
        boolean balanced = ratio < 1.5;
        if (balanced || ratio <= 10 && !(majority && level)) return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.WARNING, Say.format(
                "The classes are unequal (%.0f to 1), so accuracy mostly counts the commonest", ratio))
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(Say.format(
                        "the largest class has %d images, the smallest %d", most, least)));
        if (!majority && ratio >= EXTREME && !run.shownAccuracy().isEmpty()) {
            suspicion = suspicion.sign(Grounds.LEVEL, 2, new Evidence.Computed(Say.format(
                    "always answering the commonest would be right in %.4f: accuracy leaves %s to tell models apart",
                    share, Say.points(1 - share))));
        }
        if (majority) {
            suspicion = suspicion.sign(Grounds.LEVEL, 3, new Evidence.Computed(Say.format(
                    "validation accuracy %.3f is the share of the largest class (%.3f)",
                    run.rawValidationAccuracy().late().median(), share)));
        }
        if (level) {
            suspicion = suspicion.sign(Grounds.LEVEL, 3, new Evidence.Computed(Say.format(
                    "training loss %s is the entropy of the class shares (%s)", Say.value(run.loss().last()),
                    Say.value(entropy))));
        }
        return Optional.of(suspicion.share(0.6)
                .remedy(REMEDY)
                .confirm("print recall per class"));
    }

    /// Recall is 0 in every epoch: not one image of the rare class was ever found, however high the accuracy is.
    private Optional<Suspicion> neverFound(Case run) {
        var recall = Stream.of(Role.VALIDATION, Role.TRAINING)
                .map(role -> Curve.of(run.run().series(new Metric(role, "recall")))).filter(curve -> curve.size() >= 3)
                .findFirst();
        var accuracy = run.rawValidationAccuracy().isEmpty() ? run.accuracy() : run.rawValidationAccuracy();
        if (recall.isEmpty() || recall.get().most() > 0 || accuracy.isEmpty()
                || accuracy.late().median() < LEAST_SHARE) {
            return Optional.empty();
        }
        return Optional.of(Suspicion.of(illness(), Severity.WARNING, Say.format(
                "%s of the images are of one class, and the network always answers that one",
                Say.percent(accuracy.late().median())))
                .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                        "recall is 0 in all %d epochs: not one image of the other class was found",
                        recall.get().size())))
                .remedy(REMEDY)
                .confirm("count the images of each class; print recall per class"));
    }

    /// Nobody states the shares, but training accuracy does not change by one image while the loss moves near the entropy of that
    /// very share: the commonest class is answered always, and it is far commoner than the rest.
    private Optional<Suspicion> alwaysTheCommonest(Case run) {
        var accuracy = run.accuracy();
        if (accuracy.size() < 5 || run.loss().size() < 5 || run.classes().filter(c -> c.value() != 2).isPresent()) {
            return Optional.empty();
        }
        var held = run.rawValidationAccuracy();
        // Dropout makes training answer now and then otherwise.
        boolean wavers = held.size() >= LONG && held.frozenAtEnd() == held.size()
                && Math.abs(accuracy.late().median() - held.last()) < 0.01;
        int same = wavers ? held.size() : accuracy.frozenAtEnd();
        double share = wavers ? held.last() : accuracy.last();
        if (same < Math.max(4, accuracy.size() / 2) || share < LEAST_SHARE || share > 0.999) return Optional.empty();
        if (run.run().printedAs(Metric.ACCURACY).contains("binary_accuracy")) return Optional.empty();
        double entropy = CrossEntropy.ofTwo(share);
        double loss = run.loss().last();
        boolean validation = run.rawValidationAccuracy().frozenAtEnd() >= 4;
        boolean near = loss > 0.75 * entropy && loss < 1.25 * entropy;
        if (!near || !validation || run.loss().frozenAtEnd() >= same) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.WARNING, Say.format(
                "%s of the images are of one class, and the network always answers that one", Say.percent(share)))
                .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                        "%s accuracy %.4f in the last %d epochs to the last digit, %s %.4f",
                        wavers ? "validation" : "training", share, same, wavers ? "training" : "validation",
                        wavers ? accuracy.last() : held.last())))
                .note(new Evidence.Computed(Say.format("training loss %s, and %s is the entropy of that share",
                        Say.value(loss), Say.value(entropy))))
                .remedy(REMEDY)
                .confirm("count the images of each class; print recall per class"));
    }

    private static Optional<List<Long>> audited(Case run) {
        return Audits.of(run)
                .map(audits -> audits.audits().getFirst().classes().stream().map(ClassCount::inSet).toList());
    }
}
