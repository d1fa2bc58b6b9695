package narwhal.history.facts;

import java.util.ArrayList;
import java.util.Optional;
import narwhal.history.facts.Layers.Layer;

/// Reads layers that a sentence lists: `Conv2D 32 7x7, relu, pool 2, dropout 0.5`, `Dense 30-30-1`, `128 -> 64 -> 20`,
/// `20 x Dense 64`, `7 blocks of Conv2D, Conv2D, relu; Dense 512`.
final class LayerText {
    private final Sentence text;
    private final LayerList layers = new LayerList();
    /// Whether the last layer was a width with its activation and no name.
    private boolean plain;
    /// Where a block in brackets ends, `7 x (Linear 128, Sigmoid)`; 0 for others.
    private int blockEnd;
    /// Whether the sentence says how many layers of a kind there are.
    private boolean counted;

    private LayerText(Sentence text) {
        this.text = text;
    }

    static void read(Sentence sentence, FactsBuilder facts) {
        var before = facts.soFar().value(FactKey.LAYERS);
        // `then Flatten, Dense(18), ...` goes on with what stands in the line before.
        if (before.isPresent() && !sentence.at(0).is("then")) return;
        var reader = new LayerText(sentence);
        before.ifPresent(listed -> reader.layers.addAll(listed.values()));
        reader.scan();
        reader.layers.state(facts, reader.saysNoHiddenLayer(), reader.counted);
    }

    private void scan() {
        int i = 0;
        while (i < text.size() && !layers.isFull()) {
            if (blockEnd > 0 && i >= blockEnd) endBlock();
            var chain = WidthChain.of(text, i);
            chain.ifPresent(found -> layers.chain(found.widths()));
            i = chain.isPresent() ? chain.get().end() : token(i);
        }
        endBlock();
    }

    private int token(int i) {
        var token = text.at(i);
        if (token.is(";") || token.is(".") && layers.isInBlock()) endBlock();
        if (token.whole() > 1 && token.whole() <= 200 && text.at(i + 1).is("blocks", "block")
                && text.at(i + 2).is("of", ":", "(")) {
            layers.beginBlock(token.whole());
            return i + 3;
        }
        boolean times = token.whole() > 1 && token.whole() <= 200 && text.at(i + 1).is("x", "*", "×", "times");
        if (times && text.at(i + 2).is("(")) {
            layers.beginBlock(token.whole());
            blockEnd = text.closing(i + 2);
            return i + 3;
        }
        // `Dense 50 sigmoid four times`
        boolean again = token.whole() > 1 && token.whole() <= 200 && text.at(i + 1).is("times") && layers.isSingle()
                && !text.at(i - 1).is(",", ";");
        if (again) {
            layers.repeatLast(token.whole());
            return i + 2;
        }
        var several = CountedLayers.of(text, i);
        if (several.isPresent()) return take(several.get());
        if (token.whole() > 0) return width(i);
        if (!token.isWord()) return i + 1;
        // `default initialisation of nn.Linear` names no activation.
        if (negated(i) || token.is("nn.linear")) return i + 1;
        if (token.is("output") && isOutput(i + 1)) {
            layers.addOutput(text.at(i + 1).whole());
            return i + 2;
        }
        if (isShortcut(i) && !layers.isEmpty()) {
            layers.addShortcut();
            return i + 1;
        }
        int widths = token.is("linear") && text.at(i + 1).is("(") && text.at(i + 2).whole() > 0 ? second(i + 1) : 0;
        if (widths > 0) return linear(widths);
        // `nn.Linear(512, len(names))`
        if (widths < 0) {
            layers.call(Layer.of("Dense"));
            return text.closing(i + 1) + 1;
        }
        // `20 x Linear 64` is a layer, `Dense 1 linear` ends with its activation.
        boolean width = text.at(i + 1).whole() > 0 && (i == 0 || text.at(i - 1).is("x", "*", "×", ",", "->", "("))
                || text.at(i + 1).is("(") && text.at(i + 2).whole() > 0 && text.at(i + 3).is(")");
        boolean identity = token.is("linear") && !width;
        var activation = token.is("linear") && width ? Optional.<String>empty() : Activations.name(token.text());
        if (activation.isPresent() && !layers.isEmpty()) {
            boolean attached = text.at(i - 1).end() > 0 && !text.at(i - 1).is(",", "+", ">", "->")
                    && LayerList.takesActivation(layers.last());
            if (isForEach(i) || isForAll(i + 1)) layers.activateAll(activation.get());
            else if (attached) layers.activate(activation.get());
            else if (!token.is("linear")) layers.addActivation(activation.get());
            return i + 1;
        }
        var kind = identity ? Optional.<String>empty() : LayerNames.kind(token.text());
        if (layers.isEmpty() && token.is("softmax", "relu")) return i + 1;
        if (kind.isEmpty() || isProse(i, token.text())) return i + 1;
        return layer(i, kind.get());
    }

    /// `and two skip connections`: where they lead does not matter here.
    private boolean isShortcut(int i) {
        boolean connection = text.at(i + 1).is("connection", "connections", "block", "blocks");
        return text.at(i).is("shortcut", "shortcuts", "skip-connections")
                || text.at(i).is("skip", "residual") && connection;
    }

    private int take(CountedLayers several) {
        counted = true;
        layers.add(several.layer(), several.times());
        return several.end();
    }

    /// `each followed by a sigmoid`.
    private boolean isForEach(int i) {
        int k = i - 1;
        while (text.at(k).is("a", "an", "act_type", "activation", "=", "\"", "'")) k--;
        return text.at(k).is("by") && text.at(k - 1).is("followed") && text.at(k - 2).is("each");
    }

    /// `Sigmoid after each`.
    private boolean isForAll(int behind) {
        int i = text.at(behind).is("(") && text.at(behind + 1).is(")") ? behind + 2 : behind;
        return text.at(i).is("after", "behind", "in", "on") && text.at(i + 1).is("each", "every", "all");
    }

    /// `256 relu -> 15 softmax`, `30 relu, 30 relu, 1`: layers without a name.
    private int width(int i) {
        int k = text.at(i + 1).is("(") ? i + 2 : i + 1;
        boolean afterDense = !layers.isEmpty() && layers.last().kind().equals("Dense")
                && layers.last().units().isPresent() && !layers.isCalled();
        var activation = text.at(k).is("linear") ? Optional.<String>empty() : Activations.name(text.at(k).text());
        boolean last = plain && text.at(i - 1).is(",", "-", "->")
                && (i + 1 >= text.size() || text.at(i + 1).is(";", "."));
        // `dense 256, dense 128, 10; softmax`
        last |= afterDense && text.at(i - 1).is(",") && text.at(i + 1).is(";");
        plain = activation.isPresent() || last;
        boolean begins = i == 0
                || text.at(i - 1).is(",", "->", "-", "+", ";", ":", "(", "hidden", "layers", "layer", "of", "then",
                        "and", "output", "mlp");
        if (!plain || !begins) return i + 1;
        var layer = Layer.of("Dense").units(text.at(i).whole());
        layers.call(activation.map(layer::activation).orElse(layer));
        return last ? i + 1 : k + 1;
    }

    /// PyTorch's `nn.Linear(784, 50)`: widths in and out.
    private int linear(int width) {
        layers.call(Layer.of("Dense").units(text.at(width).whole()));
        int k = width + 1;
        while (k < text.size() && !text.at(k - 1).is(")") && k - width < 8) k++;
        return k;
    }

    /// Where in `(128 * 4 * 4, 128)` the second number stands; -1 if the second is no number, 0 if there is none.
    private int second(int open) {
        int end = text.closing(open);
        for (int k = open + 1; k < end; k++) if (text.at(k).is(",")) return text.at(k + 1).whole() > 0 ? k + 1 : -1;
        return 0;
    }

    private boolean negated(int i) {
        return text.at(i - 1).is("no", "without", "not") || text.at(i - 2).is("no", "without");
    }

    /// `dropout` in a sentence is no layer unless a number or another layer stands beside it; `batch`, `input`, `activation` are words.
    private boolean isProse(int i, String word) {
        if (word.equals("input") || word.equals("inputlayer") || word.equals("activation") || word.equals("rescaling")
                || word.equals("normalization"))
            return true;
        if (word.equals("conv") || word.equals("pool") || word.equals("pooling") || word.equals("gap")
                || word.equals("convolution")
                || word.equals("dropout") || word.equals("dense") || word.equals("fc")) {
            boolean number = text.at(i + 1).isNumber() || text.at(i + 1).is("(") || text.at(i - 1).is("x");
            return !number && layers.isEmpty();
        }
        return false;
    }

    private int layer(int i, String kind) {
        int k = i + 1;
        if (text.at(k).is("layer", "layers", "unit", "units", "of")) k++;
        boolean open = text.at(k).is("(");
        if (open) k++;
        var layer = Layer.of(kind);
        boolean wrapped = text.at(i + 1).is("in") && text.at(i + 2).is("timedistributed", "bidirectional");
        if (wrapped) layer = layer.inside(text.at(i + 2).is("timedistributed") ? "TimeDistributed" : "Bidirectional");
        if (kind.equals("Dropout") || kind.equals("SpatialDropout2D")) {
            if (text.at(k).isNumber() && text.at(k).number() < 1) {
                layer = layer.rate(text.at(k).number());
                k++;
            }
        } else if (kind.contains("Pooling")) {
            var window = KernelSize.of(text, k);
            if (window.isPresent()) {
                layer = layer.size(window.get().sizes());
                k = window.get().end();
            }
        } else if (text.at(k).whole() > 0) {
            layer = layer.units(text.at(k).whole());
            k++;
            // `Linear 128 -> 2` and `Linear 128-2` have the widths in and out.
            boolean inAndOut = text.at(i).is("linear") && text.at(k).is("->", "-") && text.at(k + 1).whole() > 0
                    && !text.at(k + 2).is("->", "-");
            if (inAndOut) {
                layer = layer.units(text.at(k + 1).whole());
                k += 2;
            }
            if (kind.startsWith("Conv") || kind.contains("Conv2D")) {
                int from = text.at(k).is(",", "(", "@", "filters", "of", "kernels", "maps") ? k + 1 : k;
                var kernel = KernelSize.of(text, from).filter(size -> size.tokens() > 1);
                if (kernel.isPresent()) {
                    layer = layer.size(kernel.get().sizes());
                    k = kernel.get().end();
                }
            }
        }
        if (open) while (k < text.size() && !text.at(k - 1).is(")") && k - i < 20) {
            var activation = Activations.name(text.at(k).text());
            if (activation.isPresent()) layer = layer.activation(activation.get());
            k++;
        }
        if (open) layers.call(layer, times(i));
        else
            layers.add(layer, times(i));
        return kind.equals("Dense") && !open ? further(Math.max(k, i + 1)) : Math.max(k, i + 1);
    }

    /// `FullyConnected 512, 256, 128`: the numbers behind are further layers, if there are two or more.
    private int further(int i) {
        int end = i;
        while (text.at(end).is(",") && text.at(end + 1).whole() > 1 && text.at(end + 2).is(",", ";", ".", " "))
            end += 2;
        if (end - i < 4) return i;
        var widths = new ArrayList<Long>();
        for (int k = i + 1; k < end; k += 2) widths.add(text.at(k).whole());
        layers.further(widths);
        return end;
    }

    /// `20 x Dense 64`, `three Dense`.
    private long times(int i) {
        if (text.at(i - 1).is("x", "*", "×") && text.at(i - 2).whole() > 0 && text.at(i - 2).whole() <= 500)
            return text.at(i - 2).whole();
        // `then 8 more Dense(16)`
        if (text.at(i - 1).is("more", "further", "such", "identical") && text.at(i - 2).whole() > 0
                && text.at(i - 2).whole() <= 200)
            return text.at(i - 2).whole();
        return 1;
    }

    private void endBlock() {
        layers.endBlock();
        blockEnd = 0;
    }

    /// Behind other layers, `output 10` names the last one.
    private boolean isOutput(int width) {
        boolean ends = width + 1 >= text.size()
                || text.at(width + 1).is(",", ";", ".", ")", "unit", "units", "neurons");
        return !layers.isEmpty() && text.at(width).whole() > 0 && ends;
    }

    /// `no hidden layer`, `a linear model`, `softmax regression`: what is listed is all there is.
    private boolean saysNoHiddenLayer() {
        for (int i = 0; i + 1 < text.size(); i++) {
            boolean none = text.at(i).is("no", "without") && text.at(i + 1).is("hidden");
            boolean linear = text.at(i).is("linear") && text.at(i + 1).is("model", "classifier");
            boolean regression = text.at(i).is("softmax", "logistic") && text.at(i + 1).is("regression");
            if (none || linear || regression) return true;
        }
        return false;
    }
}
