package narwhal.cli;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import narwhal.json.Json;
import narwhal.training.Evaluation;

/// Evaluations for people.
final class Evaluations {
    private Evaluations() {
    }

    /// Metrics, and the audit of each class, on one line.
    static String json(Evaluation evaluation) {
        var json = Json.object();
        evaluation.metrics().forEach(json::put);
        json.put("images", evaluation.audit().images());
        var classes = json.putArray("classes");
        for (var c : evaluation.audit().classes())
            classes.addObject().put("name", c.name()).put("scored", c.scored()).put("correct", c.correct());
        return new String(Json.bytes(json), StandardCharsets.UTF_8);
    }

    /// `loss: 0.1234 - accuracy: 0.9870 - 100 images (neg 49 of 50, pos 50 of 50 right)`.
    static String line(Evaluation evaluation) {
        var metrics = evaluation.metrics().entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s: %.4f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(" - "));
        var classes = evaluation.audit().classes().stream()
                .map(c -> c.name() + " " + c.correct() + " of " + c.scored())
                .collect(Collectors.joining(", "));
        return metrics + " - " + evaluation.audit().images() + " images (" + classes + " right)";
    }
}
