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
import narwhal.history.log.Event;
import narwhal.history.log.Metric;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;

/// The loss is not a number or infinite.
final class NotANumber implements Check {
    @Override
    public Illness illness() {
        return Illness.NOT_A_NUMBER;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        double last = Double.NaN;
        Optional<String> where = Optional.empty();
        for (var epoch : run.run().epochs()) {
            var bad = epoch.metrics().entrySet().stream().filter(e -> e.getKey().role() == Role.TRAINING)
                    .filter(e -> !e.getValue().finite()).findFirst();
            if (bad.isPresent()) {
                where = Optional.of(Say.format("%s is %s in epoch %d", run.run().printedAs(bad.get().getKey()),
                        bad.get().getValue().text(), epoch.number()));
                break;
            }
            last = epoch.reading(Metric.LOSS).map(Reading::value).orElse(last);
        }
        var messages = run.run().events(Event.InvalidLoss.class);
        if (where.isEmpty() && messages.isEmpty()) return Optional.empty();
        var suspicion = Suspicion
                .of(illness(), Severity.ERROR, "The loss is no longer a number; nothing is learned from there on")
                .sign(where.isPresent() ? Grounds.LEVEL : Grounds.MESSAGE, 10,
                        new Evidence.Printed(where.orElseGet(() -> messages.getFirst().text())));
        suspicion = suspicion.note(Double.isNaN(last)
                ? new Evidence.Printed("no finite loss stands before it")
                : new Evidence.Printed("the last finite training loss is " + Say.value(last)));
        if (Rates.tooHigh(run) > 0) {
            suspicion = suspicion
                    .note(new Evidence.Stated(Rates.words(run) + ": above the default, the first suspect"));
        }
        return Optional.of(suspicion
                .consequence("all weights are lost from that epoch on; checkpoints after it are worthless")
                .remedy("learning_rate / 10, clipnorm=1.0; an epsilon in logarithms and divisions; look for NaN in the inputs")
                .confirm("find the first step with a loss that is not finite; are its inputs finite?"));
    }
}
