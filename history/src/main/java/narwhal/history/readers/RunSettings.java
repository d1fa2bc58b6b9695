package narwhal.history.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.history.facts.Facts;
import narwhal.history.facts.FactsReader;
import narwhal.history.log.Role;
import narwhal.json.Json;
import tools.jackson.databind.JsonNode;

/// What `run.json` of a run folder records: the settings as they were given, and how many images there were. A file that is missing or
/// damaged records nothing; the epochs count without it.
///
/// @param json the whole file; an empty object where there is none
record RunSettings(JsonNode json) {
    static RunSettings of(Path folder) {
        var file = folder.resolve("run.json");
        try {
            return new RunSettings(Files.isRegularFile(file)
                    ? Json.parse(Files.readAllBytes(file), Problem.LOG_UNREADABLE, file.toString())
                    : Json.object());
        } catch (IOException | NarwhalException e) {
            return new RunSettings(Json.object());
        }
    }

    /// Adds the sizes of the sets and the announced epochs to a run.
    void describe(RunBuilder run) {
        var data = json.path("data");
        scored(run, Role.TRAINING, data.path("train").path("images"));
        scored(run, Role.VALIDATION, data.path("validation").path("images"));
        scored(run, Role.TEST, data.path("test").path("images"));
        if (json.path("class_names").size() > 0) run.data.classes(json.path("class_names").size());
        if (json.path("settings").path("epochs").isIntegralNumber())
            run.announced = json.path("settings").path("epochs").asInt();
    }

    private static void scored(RunBuilder run, Role role, JsonNode images) {
        if (images.isIntegralNumber()) run.data.scored(role, images.asLong());
    }

    /// The settings as facts, in the words of the command line.
    Facts facts() {
        var lines = new StringBuilder();
        line(lines, "batch_size", "batch-size");
        line(lines, "epochs", "epochs");
        line(lines, "steps-per-epoch", "steps-per-epoch");
        line(lines, "validation-steps", "validation-steps");
        line(lines, "optimizer", "optimizer");
        line(lines, "learning-rate", "learning-rate");
        line(lines, "momentum", "momentum");
        line(lines, "loss", "loss");
        if (json.path("class_names").size() > 0)
            lines.append("classes: ").append(json.path("class_names").size()).append('\n');
        var settings = json.path("settings");
        var monitor = settings.path("monitor").asString("val_loss");
        callback(lines, "reduce-lr", monitor, settings.path("reduce-lr-patience"), settings.path("reduce-lr-factor"));
        callback(lines, "early-stopping", monitor, settings.path("early-stopping-patience"), settings.path("none"));
        if (settings.path("checkpoint").isString()) {
            lines.append("checkpoint: ").append(monitor)
                    .append(settings.path("save-best-only").asBoolean(false) ? " save_best_only\n" : "\n");
        }
        return FactsReader.read(lines.append("framework: narwhal\n").toString());
    }

    private void line(StringBuilder lines, String key, String setting) {
        var value = json.path("settings").path(setting);
        if (value.isValueNode() && !value.isNull() && !value.isMissingNode()) {
            lines.append(key).append(": ").append(value.asString()).append('\n');
        }
    }

    private static void callback(StringBuilder lines, String key, String monitor, JsonNode patience, JsonNode factor) {
        if (!patience.isIntegralNumber()) return;
        lines.append(key).append(": ").append(monitor).append(", patience ").append(patience.asInt());
        if (factor.isNumber()) lines.append(", factor ").append(factor.asDouble());
        lines.append('\n');
    }
}
