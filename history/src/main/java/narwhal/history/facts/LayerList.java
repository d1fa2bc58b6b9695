package narwhal.history.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import narwhal.history.facts.Layers.Layer;

/// Layers while a sentence lists them, with what is known of how the last of them were said.
final class LayerList {
    private static final int MOST = 2_000;

    /// How the last layers were written.
    private enum Form {
        /// By name, perhaps with a width and a kernel.
        NAMED,
        /// With all their arguments: `Dense(64)`.
        CALLED,
        /// As a chain of widths, the output among them: `128 -> 64 -> 20`.
        CHAINED
    }

    private final List<Layer> layers = new ArrayList<>();
    private Form form = Form.NAMED;
    /// How many layers were added by the last words.
    private int copies;
    /// Where a repeated block began, and how often it comes; 0 outside a block.
    private int blockFrom;
    private long blockTimes;

    boolean isEmpty() {
        return layers.isEmpty();
    }

    boolean isFull() {
        return layers.size() >= MOST;
    }

    Layer last() {
        return layers.getLast();
    }

    /// Goes on with what stands in the line before.
    void addAll(List<Layer> before) {
        layers.addAll(before);
    }

    /// A layer by its name, once or several times.
    void add(Layer layer, long times) {
        form = Form.NAMED;
        copies = 0;
        for (; copies < times && !isFull(); copies++) layers.add(layer);
    }

    /// A layer of which all is said.
    void call(Layer layer) {
        call(layer, 1);
    }

    /// A layer of which all is said, once or several times.
    void call(Layer layer, long times) {
        add(layer, times);
        form = Form.CALLED;
    }

    /// The last layer by its width: `output 10`.
    void addOutput(long width) {
        layers.add(Layer.of("Dense").units(width));
        copies = 1;
        if (form == Form.CHAINED) form = Form.NAMED;
    }

    /// Widths that lead from one to the next.
    void chain(List<Long> widths) {
        copies = 0;
        further(widths);
        form = Form.CHAINED;
    }

    /// Widths behind the one that was named.
    void further(List<Long> widths) {
        for (var width : widths) layers.add(Layer.of("Dense").units(width));
        copies += widths.size();
    }

    /// An activation that stands by itself.
    void addActivation(String name) {
        layers.add(Layer.of("Activation").activation(name));
        copies = 1;
    }

    /// A shortcut around the last layers: where it leads does not matter here.
    void addShortcut() {
        layers.add(layers.size() - copies, Layer.of("Add"));
    }

    /// The last layer comes so many times in all: `Dense 50 sigmoid four times`.
    void repeatLast(long times) {
        var last = layers.getLast();
        for (; copies < times; copies++) layers.add(last);
    }

    /// Whether the last layer was added once.
    boolean isSingle() {
        return copies == 1 && !layers.isEmpty();
    }

    boolean isCalled() {
        return form == Form.CALLED;
    }

    /// Gives an activation to the layers that were added last; behind a chain of widths it is said of the hidden ones.
    void activate(String name) {
        layers.subList(layers.size() - copies, hidden()).replaceAll(layer -> layer.activation(name));
    }

    /// Gives an activation to all layers that take one and have none.
    void activateAll(String name) {
        layers.subList(0, hidden()).replaceAll(layer -> takesActivation(layer) ? layer.activation(name) : layer);
    }

    private int hidden() {
        return layers.size() - (form == Form.CHAINED ? 1 : 0);
    }

    static boolean takesActivation(Layer layer) {
        return (layer.kind().startsWith("Conv") || layer.kind().equals("Dense") || layer.kind().contains("Conv2D"))
                && layer.activation().isEmpty();
    }

    /// What follows comes so many times, up to the end of the block.
    void beginBlock(long times) {
        blockFrom = layers.size();
        blockTimes = times;
    }

    boolean isInBlock() {
        return blockTimes > 0;
    }

    void endBlock() {
        if (blockTimes > 1) {
            var block = List.copyOf(layers.subList(blockFrom, layers.size()));
            for (long n = 1; n < blockTimes && !isFull(); n++) layers.addAll(block);
        }
        blockTimes = 0;
    }

    /// States the layers, and the output where the last of them is one.
    ///
    /// @param whole whether they are said to be the whole network
    /// @param counted whether the sentence says how many layers of a kind there are
    void state(FactsBuilder facts, boolean whole, boolean counted) {
        boolean real = layers.stream().anyMatch(layer -> layer.units().isPresent() || layer.kind().contains("Conv")
                || layer.inside().isPresent() || layer.kind().contains("Pooling"));
        if (!real && !counted) return;
        facts.replace(FactKey.LAYERS, new Layers(layers, whole));
        stateHead(facts);
        if (layers.stream().anyMatch(layer -> layer.kind().equals("BatchNormalization")))
            facts.byDefault(FactKey.BATCH_NORM, true);
    }

    private void stateHead(FactsBuilder facts) {
        boolean chained = form == Form.CHAINED;
        // Behind a chain of widths, activations and dropout are said of all of it.
        var last = chained
                ? layers.stream().filter(layer -> layer.units().isPresent()).reduce((one, next) -> next).orElseThrow()
                : squashed().orElse(layers.getLast());
        boolean alone = layers.size() == 1 && isCalled();
        boolean head = last.kind().equals("Dense") && (layers.size() > 1 || alone) && (copies == 1 || chained);
        OptionalLong units = last.units();
        long stated = facts.soFar().value(FactKey.OUTPUT_UNITS).orElse(units.orElse(0));
        if (!head || stated != units.orElse(0)) return;
        if (units.isPresent()) facts.byDefault(FactKey.OUTPUT_UNITS, units.getAsLong());
        boolean others = layers.stream().anyMatch(layer -> layer.activation().isPresent());
        boolean linear = isCalled() && (others || alone) && units.isPresent();
        last.activation().or(() -> linear ? Optional.of("linear") : Optional.empty())
                .ifPresent(name -> facts.byDefault(FactKey.OUTPUT_ACTIVATION, name));
    }

    /// `Linear(128, 6), Sigmoid()`: the last layer with the activation behind it; empty where that may be one of a hidden layer.
    private Optional<Layer> squashed() {
        if (layers.size() < 3) return Optional.empty();
        var activation = layers.getLast();
        var before = layers.get(layers.size() - 2);
        boolean output = activation.kind().equals("Activation") && before.kind().equals("Dense")
                && before.units().isPresent() && before.activation().isEmpty()
                && activation.activation().filter(name -> name.equals("sigmoid") || name.equals("softmax")).isPresent();
        return output ? Optional.of(before.activation(activation.activation().orElseThrow())) : Optional.empty();
    }
}
