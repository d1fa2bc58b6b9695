package narwhal.history.facts;

import java.util.ArrayList;
import java.util.Optional;
import narwhal.history.facts.Tokens.Token;

/// What a sentence says of the answer and how it is judged: loss, activations, initializer, metrics, target.
final class HeadText {
    private final Sentence text;
    private final FactsBuilder facts;

    HeadText(Sentence text, FactsBuilder facts) {
        this.text = text;
        this.facts = facts;
    }

    void word(int i) {
        loss(i);
        activation(i);
        target(i);
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
    }

    private void loss(int i) {
        var loss = Losses.name(text.tokens(), i).filter(name -> !isNetwork(i));
        if (loss.isPresent() && !isMetric(i)) facts.put(FactKey.LOSS, loss.get());
        if (loss.isPresent() && isMetric(i)) facts.understood();
        if (loss.isPresent() && Losses.takesLogits(text.at(i).text())) facts.byDefault(FactKey.FROM_LOGITS, true);
        if (text.at(i).is("logits") && text.at(i - 1).is("from", "on")) facts.put(FactKey.FROM_LOGITS, true);
        if (text.at(i).is("from_logits", "from-logits")) {
            if (text.affirmed(i)) facts.put(FactKey.FROM_LOGITS, true);
            else if (text.negated(i) || text.at(i + 1).is("default")) facts.put(FactKey.FROM_LOGITS, false);
        }
    }

    /// `pretrained MAE encoder`: a masked autoencoder is no error.
    private boolean isNetwork(int i) {
        return text.at(i).is("mae") && (text.at(i + 1).is("encoder", "decoder", "backbone", "model", "checkpoint",
                "pretraining", "pretrained", "weights") || text.at(i - 1).is("pretrained", "pre-trained", "masked"));
    }

    /// `Dense 4 relu, Dense 1 without activation`: no other layer follows.
    private boolean isOfLastLayer(int i) {
        if (!text.near(i, 3, "dense", "linear", "fc")) return false;
        for (int k = i + 1; k < text.size(); k++) if (text.at(k).is("dense", "linear", "fc")) return false;
        return text.near(i, 40, "relu", "tanh", "sigmoid", "selu", "elu", "gelu");
    }

    private void activation(int i) {
        boolean none = text.at(i).is("activation") && text.at(i - 1).is("no", "without");
        if (none && (text.near(i, 4, "output", "final", "last", "head", "end", "outputs") || isOfLastLayer(i)))
            facts.put(FactKey.OUTPUT_ACTIVATION, "linear");
        boolean several = text.at(i).is("sigmoids");
        var activation = several ? Optional.of("sigmoid") : Activations.name(text.at(i).text());
        // `nn.Linear(784, 128)` is a layer.
        boolean layer = text.at(i).is("nn.linear")
                || text.at(i).is("linear") && text.at(i + 1).is("(") && text.at(i + 2).whole() > 0;
        if (activation.isEmpty() || layer) return;
        boolean softmax = text.at(i).is("softmax", "log_softmax", "logsoftmax");
        // Attention weighs with a softmax inside of the network.
        if (softmax && text.near(i, 2, "attention")) return;
        boolean sigmoid = activation.get().equals("sigmoid");
        long units = softmax ? softmaxUnits(i) : sigmoid ? sigmoidUnits(i) : 0;
        if (units > 0 && !text.follows(i, "softmax")) facts.byDefault(FactKey.OUTPUT_UNITS, units);
        if (units > 1 && softmax && !text.follows(i, "softmax")) facts.byDefault(FactKey.CLASSES, units);
        // `last relu, Dense 10 softmax`: the last of the hidden ones.
        boolean output = (text.beside(i, "output", "final", "last", "head", "outputs", "out") || text.atTheEnd(i))
                && (softmax || !text.follows(i, "softmax"));
        if (activation.get().equals("linear") && text.at(i + 1).is("unit", "output")) output = true;
        output |= inUnit(i);
        boolean each = text.at(i + 1).is("after", "behind") && text.at(i + 2).is("each", "every");
        boolean hidden = each || text.near(i, 3, "hidden", "activation", "activations");
        if (output || softmax || units > 0) facts.put(FactKey.OUTPUT_ACTIVATION, activation.get());
        else if (hidden || !text.at(i).is("linear") && (!sigmoid || text.follows(i, "softmax")))
            facts.put(FactKey.HIDDEN_ACTIVATION, activation.get());
        else if (sigmoid && isAlone(i))
            facts.put(FactKey.OUTPUT_ACTIVATION, activation.get());
        else
            facts.understood();
    }

    /// `softmax over 5`, `softmax(10)`, `10-way softmax`, `15 softmax`; 0 where no number stands beside it.
    private long softmaxUnits(int i) {
        int k = text.at(i + 1).is("(", "over", "of") ? i + 2 : i + 1;
        if (text.at(k).whole() > 1 && !text.at(k + 1).is("epochs", "epoch", "x")) return text.at(k).whole();
        int before = text.at(i - 1).is("way") ? i - 3 : i - 1;
        return Math.max(0, text.at(before).whole());
    }

    /// `one sigmoid unit`, `1 sigmoid`, `264 sigmoids`.
    private long sigmoidUnits(int i) {
        if (text.at(i - 1).is("one", "single", "1")) return 1;
        return text.at(i).is("sigmoids") ? Math.max(0, text.at(i - 1).whole()) : 0;
    }

    /// `Dense(1, activation='sigmoid')`: a layer of one unit answers.
    private boolean inUnit(int i) {
        int k = i - 1;
        while (k > i - 8 && !text.at(k).is("(", ";")) k--;
        // `Dense(1) relu, Dropout(0.5), Dense(10, softmax)`
        if (text.follows(i, "dense") || text.follows(i, "linear")) return false;
        return text.at(k).is("(") && text.at(k - 1).is("dense", "linear") && text.at(k + 1).whole() == 1;
    }

    /// `LSTM(64), dropout 0.2, sigmoid`, `Dense 24 relu; sigmoid`, `BCE; sigmoid`: what stands alone behind the layers is the output's.
    private boolean isAlone(int i) {
        boolean begins = i == 0 || text.at(i - 1).is(",", ";", "->", "+");
        boolean ends = i + 1 >= text.size() || text.at(i + 1).is(";", ".", ",");
        boolean before = text.tokens().stream().limit(i).anyMatch(HeadText::isLayer)
                || facts.soFar().value(FactKey.LOSS).filter("binary_crossentropy"::equals).isPresent();
        return begins && ends && before && text.tokens().stream().skip(i + 1).noneMatch(HeadText::isLayer);
    }

    private static boolean isLayer(Token token) {
        return LayerNames.kind(token.text()).isPresent() || Activations.name(token.text()).isPresent();
    }

    private void target(int i) {
        if (text.at(i).is("prices", "price", "salary", "forecasting", "forecast", "consumption", "demand"))
            facts.byDefault(FactKey.TARGET, "continuous");
        // `y = sin(x)`
        boolean wave = text.at(i).is("sin", "cos", "sine") && text.at(i - 1).is("=")
                && text.at(i - 2).is("y", "targets", "labels");
        if (wave) facts.byDefault(FactKey.TARGET, "continuous");
        if (text.at(i).is("regression", "continuous")) {
            boolean classes = text.negated(i) || text.at(i - 1).is("logistic", "softmax");
            facts.put(FactKey.TARGET, classes ? "class" : "continuous");
        }
        if (text.at(i).is("target", "targets") && text.at(i + 1).is("between"))
            facts.put(FactKey.TARGET, "continuous");
        if (text.at(i).is("segmentation", "pixelwise", "pixel-wise", "per-pixel")
                || text.at(i).is("pixel") && text.at(i + 1).is("accuracy"))
            facts.put(FactKey.PER_PIXEL, true);
        boolean itself = text.at(i).is("target", "targets", "output", "label") && text.near(i, 3, "input", "inputs")
                && text.near(i, 6, "same")
                || text.at(i).is("target", "targets") && text.at(i + 1).is("=") && text.at(i + 2).is("input", "inputs");
        if (itself || text.at(i).is("autoencoder", "autoencoders", "vae")) facts.byDefault(FactKey.TARGET, "inputs");
        if (text.at(i).is("multi-label", "multilabel")) facts.put(FactKey.MULTI_LABEL, !text.negated(i));
        if (text.at(i).is("classification", "classifier") && !text.near(i, 2, "head"))
            facts.put(FactKey.TARGET, text.negated(i) ? "continuous" : "class");
        if (text.at(i).is("labels") && text.at(i - 1).is("sparse", "integer")) facts.understood();
        if (text.at(i).is("one-hot", "onehot")) facts.understood();
    }

    private boolean isMetric(int i) {
        for (int k = i - 4; k < i; k++) {
            if (text.at(k).is("metric", "metrics")) return !text.near(i, 2, "loss");
        }
        return text.at(i + 1).is("as") && text.at(i + 2).is("metric", "the") || text.at(i + 1).is("metric", "metrics");
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
