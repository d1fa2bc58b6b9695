package narwhal.doctor.checks;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;
import narwhal.history.facts.MonitorFact;
import narwhal.history.log.Event;
import narwhal.history.log.LogFormat;

/// A rule watches a metric that is not there.
final class MonitorMissing implements Check {
    @Override
    public Illness illness() {
        return Illness.MONITOR_MISSING;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var present = new TreeSet<String>();
        for (var metric : run.run().metrics()) {
            present.add(metric.toString());
            present.add(run.run().printedAs(metric));
        }
        var messages = run.run().events(Event.MonitorMissing.class);
        if (!messages.isEmpty()) {
            return Optional.of(suspicion(messages.getFirst().monitor(), present).sign(Grounds.MESSAGE,
                    Grounds.MESSAGE.cap(), new Evidence.Printed("\"" + messages.getFirst().text() + "\"")));
        }
        for (var key : List.of(FactKey.CHECKPOINT, FactKey.EARLY_STOPPING, FactKey.REDUCE_LR)) {
            var callback = run.facts().value(key);
            var monitor = callback.flatMap(MonitorFact::monitor);
            if (monitor.isEmpty() || present.isEmpty() || present.contains(monitor.get())) continue;
            // Only Keras watches what nobody named.
            boolean ownLoop = run.format().kind() == LogFormat.Kind.PRINTED;
            if (ownLoop && !callback.get().text().contains(monitor.get())) continue;
            // Keras prints all that it has.
            boolean known = run.isKeras() && !ownLoop
                    || present.contains(monitor.get().replace("acc", "accuracy"))
                    || present.contains(monitor.get().replace("accuracy", "acc"))
                    || monitor.get().startsWith("val_") && !run.hasValidation();
            if (!known) continue;
            return Optional.of(suspicion(monitor.get(), present)
                    .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(
                            "the callback watches " + monitor.get()))
                    .sign(Grounds.LEVEL, 2, new Evidence.Printed("the log has " + String.join(", ", present))));
        }
        return Optional.empty();
    }

    private Suspicion suspicion(String monitor, TreeSet<String> present) {
        return Suspicion.of(illness(), Severity.WARNING,
                "A callback watches " + monitor + ", which this run does not have")
                .consequence("the callback does nothing: no checkpoint, no cut, no stop by that metric")
                .share(0.9).remedy("monitor=" + present.stream().filter(name -> name.startsWith("val_")).findFirst()
                        .map(name -> "'" + name + "'").orElse("a metric that is printed"))
                .confirm("print(history.history.keys())");
    }
}
