package narwhal.history.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import narwhal.history.facts.Layers.Layer;
import narwhal.history.facts.Python.Call;
import narwhal.history.facts.Python.Node;
import narwhal.history.facts.Python.Seq;

/// The layers that a script stacks, and what they say of the network.
final class ScriptNetwork {
    private static final Set<String> APPLICATIONS = Set.of("VGG16", "VGG19", "ResNet50", "ResNet101", "ResNet152",
            "ResNet50V2", "InceptionV3",
            "InceptionResNetV2", "Xception", "MobileNet", "MobileNetV2", "DenseNet121", "DenseNet169", "DenseNet201",
            "NASNetMobile", "EfficientNetB0",
            "EfficientNetB3", "EfficientNetB7", "EfficientNetV2B0", "resnet18", "resnet34", "resnet50", "resnet101",
            "vgg16", "vgg19", "alexnet",
            "densenet121", "mobilenet_v2", "efficientnet_b0");

    private final FactsBuilder facts;
    private final Variables variables;
    private final List<Layer> layers = new ArrayList<>();
    private int stackedBefore;

    ScriptNetwork(FactsBuilder facts, Variables variables) {
        this.facts = facts;
        this.variables = variables;
    }

    /// Takes a call in, if it is one that makes a layer, an activation within `nn.Sequential`, or a network that others have trained.
    ///
    /// @param sequential whether it stands within `nn.Sequential(...)`: elsewhere activations are made in another order than they are
    /// used in
    boolean read(Call call, boolean sequential) {
        var function = call.function();
        if (APPLICATIONS.contains(function)) {
            application(call);
            return true;
        }
        if (sequential && activation(function)) return true;
        var kind = LayerNames.kind(function).filter(name -> Character.isUpperCase(function.charAt(0)));
        kind.ifPresent(name -> layer(name, call, Optional.empty()));
        return kind.isPresent();
    }

    /// Takes an activation in, if it is one, behind the layer before it.
    boolean activation(String word) {
        var name = Activations.name(word).filter(known -> !known.equals("linear"));
        name.ifPresent(known -> layers.add(Layer.of("Activation").activation(known)));
        return name.isPresent();
    }

    private void application(Call call) {
        var weights = variables.text(call.argument(-1, "weights"));
        boolean none = weights.filter(name -> name.equals("None") || name.equals("none")).isPresent()
                || variables.yes(call.argument(0, "pretrained")).filter(value -> !value).isPresent();
        facts.put(FactKey.PRETRAINED, !none);
    }

    private void layer(String kind, Call call, Optional<String> wrapper) {
        facts.understood();
        if (kind.equals("TimeDistributed") || kind.equals("Bidirectional")) {
            if (!call.arguments().isEmpty() && call.arguments().getFirst() instanceof Call inner) {
                LayerNames.kind(inner.function()).ifPresent(name -> layer(name, inner, Optional.of(kind)));
            }
            return;
        }
        if (kind.equals("Input") || layers.size() > 5_000) return;
        var layer = Layer.of(kind);
        // `BatchNorm2d` and `Linear` are PyTorch's own names, also in the printed network.
        boolean torch = call.callee().startsWith("nn.") || call.callee().startsWith("torch.")
                || call.callee().matches("Linear|BatchNorm[123]d|Conv(?:Transpose)?[123]d");
        boolean sized = kind.equals("Dense") || kind.contains("Conv") || kind.equals("LSTM") || kind.equals("GRU")
                || kind.equals("SimpleRNN");
        // Keras 0 has the width of the input in front: `Dense(128, 10)`.
        boolean first = kind.equals("Dense") && variables.whole(call.argument(1, "")).isPresent();
        if (sized) {
            var units = variables
                    .whole(call.argument(torch || first ? 1 : 0, "units", "filters", "output_dim", "nb_filter",
                            "out_features", "out_channels"));
            if (units.isPresent()) layer = layer.units(units.getAsLong());
        }
        if (kind.contains("Conv"))
            layer = layer.size(sizes(call.argument(torch ? 2 : 1, "kernel_size"), call.arguments()));
        if (kind.contains("Pooling") && !kind.startsWith("Global")) {
            var size = sizes(call.argument(0, "pool_size", "kernel_size"), List.of());
            layer = layer.size(size.isEmpty() ? List.of(2L, 2L) : size);
        }
        if (kind.contains("Dropout")) {
            var rate = variables.number(call.argument(0, "rate", "p"));
            if (rate.isPresent()) {
                layer = layer.rate(rate.getAsDouble());
                double earlier = facts.soFar().value(FactKey.DROPOUT).orElse(-1.0);
                if (rate.getAsDouble() > earlier) facts.replace(FactKey.DROPOUT, rate.getAsDouble());
            }
        }
        if (kind.equals("BatchNormalization")) {
            facts.put(FactKey.BATCH_NORM, true);
            var momentum = variables.number(call.argument(-1, "momentum"));
            if (momentum.isPresent()) {
                layer = layer.rate(momentum.getAsDouble());
                // PyTorch's momentum is the share of the new value, Keras' that of the old.
                facts.put(FactKey.BATCH_NORM_MOMENTUM, torch ? 1 - momentum.getAsDouble() : momentum.getAsDouble());
            }
        }
        var activation = kind.equals("Activation")
                ? variables.text(call.argument(0, "activation"))
                : variables.text(call.argument(-1, "activation")).or(() -> sized ? inPlace(call) : Optional.empty());
        if (activation.flatMap(Activations::name).isPresent())
            layer = layer.activation(activation.flatMap(Activations::name).orElseThrow());
        var padding = variables.text(call.argument(-1, "padding", "border_mode"));
        if (padding.isPresent()) layer = layer.padding(padding.get().toLowerCase(Locale.ROOT));
        if (wrapper.isPresent()) layer = layer.inside(wrapper.get());
        initializer(call);
        regularizer(call);
        layers.add(layer);
    }

    /// `Dense(64, 'relu')`, and `Conv2D(16, 3, relu)` as people write it down.
    private Optional<String> inPlace(Call call) {
        return call.arguments().stream().map(argument -> variables.text(Optional.of(argument)))
                .flatMap(Optional::stream)
                .filter(name -> Activations.name(name).isPresent()).findFirst();
    }

    private List<Long> sizes(Optional<Node> node, List<Node> arguments) {
        if (node.isEmpty()) return List.of();
        if (node.get() instanceof Seq seq) {
            return seq.values().stream().map(value -> variables.whole(Optional.of(value)))
                    .filter(OptionalLong::isPresent)
                    .map(OptionalLong::getAsLong).toList();
        }
        var size = variables.whole(node);
        if (size.isEmpty()) return List.of();
        // Keras 1: Convolution2D(32, 3, 3).
        if (arguments.size() > 2 && variables.whole(Optional.of(arguments.get(2))).isPresent()
                && arguments.get(1).equals(node.get())) {
            long second = variables.whole(Optional.of(arguments.get(2))).getAsLong();
            if (second > 1) return List.of(size.getAsLong(), second);
        }
        return List.of(size.getAsLong(), size.getAsLong());
    }

    private void initializer(Call call) {
        variables.text(call.argument(-1, "kernel_initializer", "init")).flatMap(Initializers::name)
                .ifPresent(name -> facts.put(FactKey.INITIALIZER, name));
    }

    private void regularizer(Call call) {
        call.argument(-1, "kernel_regularizer", "W_regularizer").ifPresent(node -> {
            if (node instanceof Call inner && (inner.function().equals("l2") || inner.function().equals("L2"))) {
                var value = variables.number(inner.argument(0, "l2", "l"));
                value.ifPresent(v -> facts.put(FactKey.L2, v));
            }
        });
    }

    /// States the layers of the whole script.
    void end() {
        if (layers.size() <= stackedBefore) return;
        if (layers.size() >= 2) facts.replace(FactKey.LAYERS, new Layers(layers, true));
        var dense = layers.stream().filter(layer -> layer.kind().equals("Dense")).reduce((first, second) -> second);
        dense.ifPresent(last -> {
            last.units().ifPresent(units -> facts.put(FactKey.OUTPUT_UNITS, units));
            facts.put(FactKey.OUTPUT_ACTIVATION, outputActivation(last));
        });
        facts.byDefault(FactKey.BATCH_NORM, false);
        stackedBefore = layers.size();
    }

    private String outputActivation(Layer last) {
        if (last.activation().isPresent()) return last.activation().get();
        var behind = layers.subList(layers.lastIndexOf(last) + 1, layers.size());
        for (var layer : behind) {
            if (layer.kind().equals("Activation") && layer.activation().isPresent()) return layer.activation().get();
            if (layer.kind().equals("Softmax")) return "softmax";
        }
        return "linear";
    }
}
