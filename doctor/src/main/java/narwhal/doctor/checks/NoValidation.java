package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;

/// There is no validation metric at all.
final class NoValidation implements Check {
    @Override
    public Illness illness() {
        return Illness.NO_VALIDATION;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        if (run.hasValidation() || run.epochs() == 0) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.INFO,
                "Nothing is measured on images held out, so overfitting would not be seen")
                .sign(Grounds.LEVEL, 5, new Evidence.Printed("no validation metric in " + run.epochs() + " epochs"))
                .share(0.3).remedy("hold out a part: validation_split=0.2 on shuffled data, or a folder of its own")
                .confirm("evaluate the final weights on images that were not trained on"));
    }
}
