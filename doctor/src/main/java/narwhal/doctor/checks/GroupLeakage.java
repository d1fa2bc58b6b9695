package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;

/// One recording, patient or video may stand on both sides of the split.
final class GroupLeakage implements Check {
    @Override
    public Illness illness() {
        return Illness.GROUP_LEAKAGE;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var key = run.facts().value(FactKey.GROUP_KEY);
        if (key.isEmpty()) return Optional.empty();
        return Optional
                .of(Suspicion.of(illness(), Severity.INFO, "Images of one group may stand on both sides of the split")
                        .sign(Grounds.STATED, Grounds.STATED.cap(),
                                new Evidence.Stated("images belong to groups: " + key.get()))
                        .share(0.2).consequence("then validation recognises the group, and its figures are too good")
                        .remedy("split by group, so that each stands on one side only (GroupShuffleSplit)")
                        .confirm("count groups that occur on both sides"));
    }
}
