package narwhal.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import narwhal.json.Json;

/// Writes predictions, a line each.
interface PredictionWriter {
    void write(Path path, Prediction prediction);

    /// @param classNames in the order of their numbers
    static PredictionWriter of(PredictCommand.Format format, List<String> classNames, Console console) {
        return switch (format) {
            case TEXT -> (path, prediction) -> console.say(text(path, prediction, classNames));
            case JSON -> (path, prediction) -> console.say(json(path, prediction, classNames));
            case CSV -> {
                console.say("path,class,probability," + classNames.stream()
                        .map(name -> cell("probability of " + name)).collect(Collectors.joining(",")));
                yield (path, prediction) -> console.say(csv(path, prediction, classNames));
            }
        };
    }

    private static String text(Path path, Prediction prediction, List<String> classNames) {
        return printable(path.toString()) + ": " + printable(classNames.get(prediction.classNumber()))
                + String.format(Locale.ROOT, " (%.1f %%)", 100 * prediction.probability());
    }

    private static String json(Path path, Prediction prediction, List<String> classNames) {
        var line = Json.object().put("path", path.toString()).put("class", classNames.get(prediction.classNumber()))
                .put("probability", prediction.probability());
        var probabilities = line.putArray("probabilities");
        prediction.probabilities().forEach(probabilities::add);
        return new String(Json.bytes(line), StandardCharsets.UTF_8);
    }

    private static String csv(Path path, Prediction prediction, List<String> classNames) {
        return cell(path.toString()) + "," + cell(classNames.get(prediction.classNumber())) + ","
                + prediction.probability() + "," + prediction.probabilities().stream().map(String::valueOf)
                        .collect(Collectors.joining(","));
    }

    /// A text that no spreadsheet takes for a formula.
    private static String cell(String text) {
        var safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    /// File names are somebody else's text: control characters would disturb the terminal.
    private static String printable(String text) {
        return text.codePoints().mapToObj(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                ? String.format(Locale.ROOT, "\\u%04x", c)
                : Character.toString(c)).collect(Collectors.joining());
    }
}
