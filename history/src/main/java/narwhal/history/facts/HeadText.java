package narwhal.history.facts;

import java.util.ArrayList;

/// What a sentence says of the answer and how it is judged: loss, activations, initializer, metrics, target.
final class HeadText {
    private final Sentence text;
    private final FactsBuilder facts;

    HeadText(Sentence text, FactsBuilder facts) {
        this.text = text;
        this.facts = facts;
    }

    void word(int i) {
        var word = text.at(i).text();
        var loss = Losses.name(text.tokens(), i);
        if (loss.isPresent() && !isMetric(i)) facts.put(FactKey.LOSS, loss.get());
        if (loss.isPresent() && isMetric(i)) facts.understood();
        if (text.at(i).is("bcewithlogitsloss")) facts.put(FactKey.FROM_LOGITS, true);
        if (text.at(i).is("from_logits", "from-logits")) {
            if (text.affirmed(i)) facts.put(FactKey.FROM_LOGITS, true);
            else if (text.negated(i)) facts.put(FactKey.FROM_LOGITS, false);
        }
        var activation = Activations.name(word);
        if (activation.isPresent()) {
            // `last relu, Dense 10 softmax`: the last of the hidden ones.
            boolean output = (text.beside(i, "output", "final", "last", "head", "outputs") || text.atTheEnd(i))
                    && (text.at(i).is("softmax") || !text.follows(i, "softmax"));
            boolean hidden = text.near(i, 3, "hidden", "activation", "activations");
            if (output) facts.put(FactKey.OUTPUT_ACTIVATION, activation.get());
            else if (text.at(i).is("softmax")) facts.put(FactKey.OUTPUT_ACTIVATION, activation.get());
            else if (hidden || !text.at(i).is("linear") && !text.at(i).is("sigmoid"))
                facts.put(FactKey.HIDDEN_ACTIVATION, activation.get());
            else
                facts.understood();
        }
        boolean none = text.at(i).is("activation") && text.at(i - 1).is("no", "without");
        if (none && text.near(i, 4, "output", "final", "last", "head", "end", "outputs"))
            facts.put(FactKey.OUTPUT_ACTIVATION, "linear");
        var initializer = Initializers.name(text.tokens(), i);
        initializer.ifPresent(name -> facts.put(FactKey.INITIALIZER, name));
        if (text.at(i).is("metrics", "metric")) metrics(i);
        if (text.at(i).is("class_mode", "class-mode", "label_mode")) {
            int k = text.at(i + 1).is("=", ":") ? i + 2 : i + 1;
            if (text.at(k).is("'", "\"")) k++;
            if (text.at(k).is("binary", "categorical", "sparse", "int", "input", "none")) {
                facts.put(FactKey.CLASS_MODE, text.at(k).is("int") ? "sparse" : text.at(k).text());
            }
        }
        if (text.at(i).is("prices", "salary", "forecasting", "forecast"))
            facts.byDefault(FactKey.TARGET, "continuous");
        if (text.at(i).is("regression", "continuous"))
            facts.put(FactKey.TARGET, text.negated(i) ? "class" : "continuous");
        if ((text.at(i).is("target", "targets")) && text.at(i + 1).is("between"))
            facts.put(FactKey.TARGET, "continuous");
        if (text.at(i).is("multi-label", "multilabel")) facts.put(FactKey.MULTI_LABEL, !text.negated(i));
        if ((text.at(i).is("classification", "classifier")) && !text.near(i, 2, "head"))
            facts.put(FactKey.TARGET, "class");
        if (text.at(i).is("labels") && text.at(i - 1).is("sparse", "integer")) facts.understood();
        if (text.at(i).is("one-hot", "onehot")) facts.understood();
    }

    private boolean isMetric(int i) {
        return text.near(i, 2, "metric", "metrics") && !text.near(i, 2, "loss");
    }

    private void metrics(int i) {
        var names = new ArrayList<String>();
        for (int k = i + 1; k < Math.min(text.size(), i + 20); k++) {
            var token = text.at(k);
            if (token.is(";", "]", ")", ".")) break;
            if (token.is("acc", "accuracy", "mse", "mae", "auc", "precision", "recall", "binary_accuracy",
                    "categorical_accuracy", "f1",
                    "sparse_categorical_accuracy", "mean_squared_error", "mean_absolute_error",
                    "top_k_categorical_accuracy")) {
                names.add(token.text());
            }
        }
        if (!names.isEmpty()) facts.put(FactKey.METRICS, new Names(names));
    }
}
