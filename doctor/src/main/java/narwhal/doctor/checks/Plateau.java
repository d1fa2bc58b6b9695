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

/// The curves have come to rest.
final class Plateau implements Check {
    @Override
    public Illness illness() {
        return Illness.PLATEAU;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var loss = run.loss();
        if (loss.size() < 12 || run.entropy().isEmpty()) return Optional.empty();
        int length = Math.max(10, loss.size() / 4);
        var late = loss.tail(length);
        if (late.trend().p() < 0.05 || loss.last() < 0.05 * run.entropy().getAsDouble()) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.INFO,
                Say.format("Training stands still for the last %d epochs", length))
                .sign(Grounds.SHAPE, 3,
                        new Evidence.Computed(Say.format("slope of the training loss %s per epoch (p = %s)",
                                Say.value(late.trend().slope()), Say.chance(late.trend().p()))))
                .share(0.2).remedy("a lower learning rate from here (ReduceLROnPlateau), or stop")
                .confirm("three epochs at a tenth of the rate"));
    }
}
