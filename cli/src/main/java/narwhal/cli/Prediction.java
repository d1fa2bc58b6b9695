package narwhal.cli;

import java.util.ArrayList;
import java.util.List;
import narwhal.metrics.Metrics;

/// What a model says of one picture.
///
/// @param classNumber the most likely class
/// @param probabilities of every class; they add up to 1 but for rounding
record Prediction(int classNumber, List<Float> probabilities) {
    /// From a row of outputs. One output is the probability of the second class.
    static Prediction of(float[] outputs, int at, int width) {
        int predicted = Metrics.predicted(outputs, at, width);
        if (width == 1) return new Prediction(predicted, List.of(1 - outputs[at], outputs[at]));
        var probabilities = new ArrayList<Float>();
        for (int c = 0; c < width; c++) probabilities.add(outputs[at + c]);
        return new Prediction(predicted, List.copyOf(probabilities));
    }

    /// Of the most likely class.
    float probability() {
        return probabilities.get(classNumber);
    }
}
