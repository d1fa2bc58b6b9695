package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;

/// Training and validation number their classes differently. From a log it cannot be told from images that are prepared
/// differently, so it is named second.
final class ClassOrderMismatch implements Check {
    @Override
    public Illness illness() {
        return Illness.CLASS_ORDER_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var at = AtChance.of(run);
        if (at.isEmpty() || at.get().trained() <= 0.9) return Optional.empty();
        return Optional.of(
                Suspicion.of(illness(), Severity.ERROR, "Training and validation may number their classes differently")
                        .sign(Grounds.LEVEL, at.get().nats() - 1, new Evidence.Printed(at.get().words()))
                        .open("class_indices of both sides would decide").share(0.5)
                        .remedy("one class list for both sides: classes=[...] in both generators")
                        .confirm("compare training_generator.class_indices with validation_generator.class_indices"));
    }
}
