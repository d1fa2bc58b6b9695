package narwhal.doctor.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.history.ValidationAudit;
import narwhal.history.ValidationAudit.ClassCount;
import narwhal.history.log.LoggedEpoch;

/// What our own runs counted, picture by picture, in every validation.
///
/// @param epochs numbers of the epochs that were validated
/// @param audits of these epochs
record Audits(List<Integer> epochs, List<ValidationAudit> audits) {
    /// The audits of a run; empty where no epoch has one.
    static Optional<Audits> of(Case run) {
        var epochs = new ArrayList<Integer>();
        var audits = new ArrayList<ValidationAudit>();
        for (LoggedEpoch epoch : run.run().completeEpochs()) {
            if (epoch.audit().isEmpty()) continue;
            epochs.add(epoch.number());
            audits.add(epoch.audit().get());
        }
        return audits.isEmpty() ? Optional.empty() : Optional.of(new Audits(epochs, audits));
    }

    long setSize() {
        return audits.getFirst().setSize();
    }

    long fewest() {
        return audits.stream().mapToLong(ValidationAudit::images).min().orElse(0);
    }

    long most() {
        return audits.stream().mapToLong(ValidationAudit::images).max().orElse(0);
    }

    /// Whether the epochs scored different numbers of images, or of images of some class: then the part changed.
    boolean moves() {
        return audits.stream().map(Audits::scored).distinct().count() > 1;
    }

    private static List<Long> scored(ValidationAudit audit) {
        return audit.classes().stream().map(ClassCount::scored).toList();
    }

    /// Names of classes that some validation did not meet at all.
    List<String> missed() {
        return audits.stream().flatMap(audit -> audit.classes().stream()).filter(c -> c.inSet() > 0 && c.scored() == 0)
                .map(ClassCount::name).distinct().sorted().toList();
    }

    /// The largest change of a class's share between two validations, relative to its share of the set.
    double classShareSwing() {
        double widest = 0;
        int classes = audits.getFirst().classes().size();
        for (int c = 0; c < classes; c++) {
            double low = Double.POSITIVE_INFINITY;
            double high = 0;
            for (var audit : audits) {
                if (audit.images() == 0 || c >= audit.classes().size()) continue;
                double share = (double) audit.classes().get(c).scored() / audit.images();
                low = Math.min(low, share);
                high = Math.max(high, share);
            }
            double own = (double) audits.getFirst().classes().get(c).inSet() / Math.max(1, setSize());
            if (own > 0 && high >= low) widest = Math.max(widest, (high - low) / own);
        }
        return widest;
    }

    /// Right answers of a class over its scored images in an audit; not-a-number where none was scored.
    static double recall(ClassCount count) {
        return count.scored() == 0 ? Double.NaN : (double) count.correct() / count.scored();
    }
}
