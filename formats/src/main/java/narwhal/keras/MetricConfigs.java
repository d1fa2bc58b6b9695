package narwhal.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import narwhal.json.Json;
import narwhal.metrics.Accuracy;
import narwhal.metrics.Auc;
import narwhal.metrics.BinaryAccuracy;
import narwhal.metrics.FBeta;
import narwhal.metrics.Metric;
import narwhal.metrics.Metrics;
import narwhal.metrics.Precision;
import narwhal.metrics.Recall;
import narwhal.metrics.TopK;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Metrics. Source: `keras/src/metrics` of Keras 3.
final class MetricConfigs {
    private static final int MOST = 100;

    private MetricConfigs() {
    }

    /// The metrics of a list; those that Narwhal does not know are left out, with a note.
    static List<Metric> read(Argument came) {
        var metrics = new ArrayList<Metric>();
        read(came, metrics, 0);
        return metrics;
    }

    private static void read(Argument came, List<Metric> metrics, int depth) {
        var value = came.value();
        if (value.isArray() && depth < 2) {
            for (var element : value) read(came.part("element", element), metrics, depth + 1);
        } else if ((value.isString() || value.isObject()) && metrics.size() < MOST) {
            one(came).ifPresentOrElse(metrics::add,
                    () -> came.note("is a metric that is not known here and was left out"));
        }
    }

    private static Optional<Metric> one(Argument came) {
        var fields = Fields.of(came);
        var name = Objects.className(came);
        if (name.equals("MeanMetricWrapper")) name = fields.word("name", ""); // what TensorFlow's Keras 2 makes of a name
        return Optional.ofNullable(switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
            case "accuracy", "acc" -> Metrics.accuracy();
            case "binaryaccuracy" -> Metrics.binaryAccuracy().threshold(fields.number("threshold", 0.5));
            case "categoricalaccuracy" -> Metrics.categoricalAccuracy();
            case "sparsecategoricalaccuracy" -> Metrics.sparseCategoricalAccuracy();
            case "topkcategoricalaccuracy" -> Metrics.topKCategoricalAccuracy(fields.integer("k", 5));
            case "sparsetopkcategoricalaccuracy" -> Metrics.sparseTopKCategoricalAccuracy(fields.integer("k", 5));
            case "auc" -> auc(fields);
            case "precision" -> new Precision(threshold(fields), classId(fields));
            case "recall" -> new Recall(threshold(fields), classId(fields));
            case "f1score" -> average(Metrics.f1Score(), fields);
            case "fbetascore" -> average(Metrics.fBetaScore(fields.number("beta", 1)), fields);
            default -> null;
        });
    }

    private static Auc auc(Fields fields) {
        var auc = Metrics.auc().numThresholds(Math.min(fields.integer("num_thresholds", 200), 100_000))
                .fromLogits(fields.flag("from_logits", false));
        if (fields.word("curve", "roc").equals("pr")) auc = auc.curve(Auc.Curve.PR);
        return switch (fields.word("summation_method", "interpolation")) {
            case "minoring" -> auc.summation(Auc.Summation.MINORING);
            case "majoring" -> auc.summation(Auc.Summation.MAJORING);
            default -> auc;
        };
    }

    /// One threshold, which may stand in a list; of several, which give as many results, none is taken.
    private static double threshold(Fields fields) {
        var thresholds = fields.config().path("thresholds");
        if (!thresholds.isArray()) return fields.number("thresholds", 0.5);
        if (thresholds.size() == 1) return fields.numbers("thresholds").getFirst();
        fields.argument("thresholds").note("are " + thresholds.size() + "; 0.5 is taken here");
        return 0.5;
    }

    private static OptionalInt classId(Fields fields) {
        return fields.has("class_id") ? OptionalInt.of(fields.integer("class_id", 0)) : OptionalInt.empty();
    }

    private static FBeta average(FBeta score, Fields fields) {
        var averaged = switch (fields.word("average", "macro")) {
            case "micro" -> score.average(FBeta.Average.MICRO);
            case "weighted" -> score.average(FBeta.Average.WEIGHTED);
            default -> score;
        };
        return fields.has("threshold") ? averaged.threshold(fields.number("threshold", 0.5)) : averaged;
    }

    /// The names and objects of metrics; those of the user's own are left out.
    static ArrayNode write(List<Metric> metrics, Dialect dialect) {
        var array = Json.object().putArray("metrics");
        for (var metric : metrics) one(metric, dialect).ifPresent(array::add);
        return array;
    }

    private static Optional<JsonNode> one(Metric metric, Dialect dialect) {
        return Optional.ofNullable(switch (metric) {
            case Accuracy accuracy -> Forms.text(accuracy.name());
            case BinaryAccuracy accuracy -> accuracy.threshold() == 0.5
                    ? Forms.text(accuracy.name())
                    : object("BinaryAccuracy", Json.object().put("threshold", accuracy.threshold()), dialect);
            case TopK top ->
                object(top.name().startsWith("sparse") ? "SparseTopKCategoricalAccuracy" : "TopKCategoricalAccuracy",
                        Json.object().put("k", top.k()), dialect);
            case Auc auc -> object("AUC", Json.object().put("num_thresholds", auc.numThresholds())
                    .put("curve", auc.curve().name())
                    .put("summation_method", auc.summation().name().toLowerCase(Locale.ROOT))
                    .put("from_logits", auc.fromLogits()), dialect);
            case Precision precision ->
                object("Precision", confusion(precision.threshold(), precision.classId()), dialect);
            case Recall recall -> object("Recall", confusion(recall.threshold(), recall.classId()), dialect);
            case FBeta score -> {
                var config = Json.object().put("average", score.average().name().toLowerCase(Locale.ROOT));
                if (score.beta() != 1) config.put("beta", score.beta());
                score.threshold().ifPresent(threshold -> config.put("threshold", threshold));
                yield object(score.beta() == 1 ? "F1Score" : "FBetaScore", config, dialect);
            }
            default -> null;
        });
    }

    private static ObjectNode confusion(double threshold, OptionalInt classId) {
        var config = Json.object();
        if (threshold != 0.5) config.put("thresholds", threshold);
        classId.ifPresent(id -> config.put("class_id", id));
        return config;
    }

    private static ObjectNode object(String className, ObjectNode config, Dialect dialect) {
        return Objects.write("keras.metrics", className, config, dialect);
    }
}
