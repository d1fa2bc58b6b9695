package narwhal.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import narwhal.history.ValidationAudit;
import narwhal.metrics.ConfusionMatrix;

/// What an evaluation found.
///
/// @param metrics `loss` first, averaged over the pictures that were scored
/// @param audit which pictures were scored
/// @param confusion as what the pictures of each class were recognised
public record Evaluation(Map<String, Double> metrics, ValidationAudit audit, ConfusionMatrix confusion) {
    public Evaluation {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /// Mean loss of the pictures that were scored.
    public double loss() {
        return metrics.getOrDefault("loss", Double.NaN);
    }
}
