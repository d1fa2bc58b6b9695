package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.forensics.Explanation.Coverage;
import narwhal.history.facts.FactKey;

/// A checkpoint, early stopping or a plateau rule compares numbers that were measured on different images.
final class IncomparableMonitor implements Check {
    @Override
    public Illness illness() {
        return Illness.INCOMPARABLE_MONITOR;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var audits = Audits.of(run);
        boolean moves = audits.isPresent()
                ? audits.get().fewest() < audits.get().setSize() && audits.get().moves()
                : run.scoring().proves(Coverage.MOVING) || run.scoring().rhythm().isPresent();
        if (!moves || !Loops.decides(run)) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.WARNING,
                "A callback compares epochs that were scored on different images")
                .sign(Grounds.COUNTS, 10, new Evidence.Inferred("the scored part of the validation set moves"))
                .note(rule(run)).share(0.3)
                .consequence("checkpoints and learning-rate cuts follow the luck of the part, not the model")
                .remedy("score the whole set in every epoch, then evaluate the kept checkpoints again")
                .confirm("evaluate the kept checkpoint on the whole validation set"));
    }

    private static Evidence rule(Case run) {
        var facts = run.facts();
        var stated = facts.value(FactKey.CHECKPOINT).or(() -> facts.value(FactKey.REDUCE_LR))
                .or(() -> facts.value(FactKey.EARLY_STOPPING));
        return stated.<Evidence>map(rule -> new Evidence.Stated(rule.text()))
                .orElse(new Evidence.Printed("messages of such a callback stand in the log"));
    }
}
