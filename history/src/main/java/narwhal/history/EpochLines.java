package narwhal.history;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import narwhal.errors.Problem;
import narwhal.history.ValidationAudit.ClassCount;
import narwhal.json.Json;
import tools.jackson.databind.JsonNode;

/// The lines of `epochs.jsonl` in a run folder: one JSON object for each epoch, with the keys `epoch`, the metrics by name,
/// `learning_rate`, `seconds` and, with validation, `validation_audit`.
public final class EpochLines {
    private static final Set<String> OURS = Set.of("epoch", "learning_rate", "seconds", "validation_audit");

    private EpochLines() {
    }

    /// One epoch on one line, without a line end.
    public static String write(Epoch epoch) {
        var line = Json.object().put("epoch", epoch.number());
        epoch.metrics().forEach(line::put);
        line.put("learning_rate", epoch.learningRate()).put("seconds", epoch.seconds());
        epoch.audit().ifPresent(audit -> {
            var node = line.putObject("validation_audit").put("images", audit.images()).put("set_size",
                    audit.setSize());
            var classes = node.putArray("classes");
            for (var c : audit.classes()) {
                classes.addObject().put("name", c.name()).put("in_set", c.inSet()).put("scored", c.scored())
                        .put("correct", c.correct());
            }
        });
        return new String(Json.bytes(line), StandardCharsets.UTF_8);
    }

    /// The epoch of one line.
    ///
    /// @param place how an error names the line
    /// @throws narwhal.errors.NarwhalException `LOG_UNKNOWN_FORMAT` if it is not such a line
    public static Epoch read(String line, String place) {
        var node = Json.parseWithNotANumber(line.getBytes(StandardCharsets.UTF_8), Problem.LOG_UNKNOWN_FORMAT, place);
        if (!node.path("epoch").isIntegralNumber()) {
            throw Problem.LOG_UNKNOWN_FORMAT.because(place + ": has no whole number under \"epoch\"");
        }
        var metrics = new LinkedHashMap<String, Double>();
        node.properties().stream().filter(entry -> !OURS.contains(entry.getKey()))
                .forEach(entry -> metrics.put(entry.getKey(), number(entry.getValue(), place)));
        return new Epoch(node.path("epoch").asInt(), metrics, optional(node.path("learning_rate"), place),
                optional(node.path("seconds"), place), audit(node.path("validation_audit")));
    }

    private static Optional<ValidationAudit> audit(JsonNode node) {
        if (node.isMissingNode()) return Optional.empty();
        List<ClassCount> classes = new ArrayList<>();
        for (var c : node.path("classes")) {
            classes.add(new ClassCount(c.path("name").asString(), c.path("in_set").asLong(), c.path("scored").asLong(),
                    c.path("correct").asLong()));
        }
        return Optional.of(new ValidationAudit(node.path("images").asLong(), node.path("set_size").asLong(), classes));
    }

    private static double optional(JsonNode node, String place) {
        return node.isMissingNode() ? Double.NaN : number(node, place);
    }

    private static double number(JsonNode node, String place) {
        try {
            return Json.number(node);
        } catch (IllegalArgumentException e) {
            throw Problem.LOG_UNKNOWN_FORMAT.because(place + ": " + e.getMessage(), e);
        }
    }
}
