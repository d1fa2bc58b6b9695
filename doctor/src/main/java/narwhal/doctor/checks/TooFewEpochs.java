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

/// The run is too short for most tests.
final class TooFewEpochs implements Check {
    @Override
    public Illness illness() {
        return Illness.TOO_FEW_EPOCHS;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        if (run.epochs() >= 5 || run.run().finalOnly()) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.INFO, Say.format("%d complete epochs say little about %s",
                run.epochs(), run.epochs() < 3 ? "anything" : "the shape of the curves"))
                .sign(Grounds.LEVEL, 5, new Evidence.Printed(run.epochs() + " complete epochs; tests of shape need 5"))
                .share(0.2).remedy("train longer and examine the log again").confirm("the same log after ten epochs"));
    }
}
