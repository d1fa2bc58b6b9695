package narwhal.keras;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import narwhal.engine.Shape;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.guarded.Limits;
import narwhal.json.Json;
import narwhal.models.Architecture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A model's configuration, of any dialect, as a network. It is translated into the form of [Architecture], whose reader
/// builds the layers; nothing of a model's size is allocated.
final class NetworkReader {
    private static final Set<String> CODE = Set.of("Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer",
            "TFOpLambda", "SlicingOpLambda");
    private static final String INPUT = "InputLayer";

    private final Origin origin;
    private final Limits limits;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> repeats = new HashMap<>();
    private final List<Leaf> leaves = new ArrayList<>();
    private Optional<Shape> input = Optional.empty();

    /// Our entry of a layer, and the name it is to have.
    private record Leaf(ObjectNode entry, String name) {}

    private NetworkReader(Origin origin, Limits limits) {
        this.origin = origin;
        this.limits = limits;
    }

    /// The network that a model's configuration describes.
    ///
    /// @param model `{"class_name": …, "config": …}`
    /// @throws NarwhalException `MODEL_DAMAGED`, `MODEL_UNKNOWN_LAYER`, `MODEL_REFUSED_CODE` or `MODEL_LIMIT`
    static Described read(JsonNode model, Origin origin, Limits limits) {
        try {
            return new NetworkReader(origin, limits).describe(model);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Problem.MODEL_DAMAGED.because(origin.file() + ": " + e.getMessage(), e);
        }
    }

    private Described describe(JsonNode model) {
        var className = model.path("class_name").asString("");
        var config = model.path("config");
        var parts = new ArrayList<Part>();
        var entries = Json.object().putArray("layers");
        if (isSequential(className)) {
            sequential(config, entries, parts, true);
        } else if (isFunctional(className)) {
            functional(config, entries.addObject(), parts, true);
        } else if (className.isEmpty() || !model.path("class_name").isString()) {
            throw Problem.MODEL_UNKNOWN_FORMAT.because(origin.file() + ": its JSON describes no model of Keras");
        } else {
            throw refused("the model", className, model);
        }
        if (leaves.isEmpty()) throw damaged("the model has no layers");
        if (input.isEmpty()) input = shape("the model", config.path("build_input_shape"));
        if (input.isEmpty()) input = shape("the model", model.path("build_config").path("input_shape"));
        var shape = input.orElseThrow(() -> Problem.MODEL_UNKNOWN_LAYER
                .because(origin.file() + ": the model does not say the shape of its input",
                        "save it again with an Input layer"));
        if (!namesAreAutomatic()) leaves.forEach(leaf -> leaf.entry.put("name", leaf.name));
        return new Described(config.path("name").asString("model"), network(entries), shape, parts);
    }

    private narwhal.layers.Layer network(ArrayNode entries) {
        try {
            return Architecture.read(entries);
        } catch (NarwhalException e) {
            throw e.at(origin.file());
        }
    }

    private boolean namesAreAutomatic() {
        var automatic = new Names();
        return leaves.stream()
                .allMatch(leaf -> automatic.next(leaf.entry.path("class_name").asString()).equals(leaf.name));
    }

    private static boolean isSequential(String className) {
        return className.equals("Sequential");
    }

    private static boolean isFunctional(String className) {
        return className.equals("Functional") || className.equals("Model");
    }

    // ---- layers in a line ----

    private void sequential(JsonNode config, ArrayNode entries, List<Part> parts, boolean outermost) {
        var list = config.isArray() ? config : config.path("layers"); // a bare list up to Keras 2.2.2
        checkList(list);
        for (var layer : list) {
            var place = place(layer);
            if (outermost && input.isEmpty() && parts.isEmpty()) input = inputOf(layer, place);
            if (!isInput(layer)) part(layer, place, entries.addObject(), parts);
        }
    }

    /// More layers than allowed are refused before one of them is read.
    private void checkList(JsonNode list) {
        if (!list.isArray()) throw damaged("its layers are " + Argument.shown(list) + ", expected a list");
        if (leaves.size() + list.size() > limits.objects())
            throw limits.exceeded(origin.file(), "objects", "more layers", limits.objects());
    }

    private static boolean isInput(JsonNode layer) {
        return layer.path("class_name").asString("").equals(INPUT);
    }

    private Optional<Shape> inputOf(JsonNode layer, String place) {
        var config = layer.path("config");
        var shape = config.has("batch_shape") ? config.path("batch_shape") : config.path("batch_input_shape");
        if (shape.isMissingNode() && isSequential(layer.path("class_name").asString(""))) {
            var first = config.path("layers").path(0);
            return first.isMissingNode() ? Optional.empty() : inputOf(first, place);
        }
        return shape(place, shape);
    }

    /// `[null, 128, 128, 3]`: the batch is open, nothing else.
    private Optional<Shape> shape(String place, JsonNode shape) {
        if (shape.isMissingNode() || shape.isNull()) return Optional.empty();
        var argument = new Argument(origin, place, "input shape", shape);
        if (!shape.isArray() || shape.size() < 2 || shape.size() > 6) throw argument.damaged("a list of 2 to 6");
        var extents = new int[shape.size() - 1];
        for (int i = 0; i < extents.length; i++) {
            var extent = shape.get(i + 1);
            if (extent.isNull())
                throw Problem.MODEL_UNKNOWN_LAYER.because(
                        origin.file() + ": " + place + ": takes inputs of any size, expected one size",
                        "save the model again with a fixed Input shape");
            extents[i] = Forms.integer(argument.part("[" + (i + 1) + "]", extent)).intValue();
            if (extents[i] < 1) throw argument.part("[" + (i + 1) + "]", extent).damaged("at least 1");
        }
        return Optional.of(Shape.of(extents));
    }

    // ---- one layer, or a model in its place ----

    private String place(JsonNode layer) {
        var name = layer.path("config").path("name").asString(layer.path("name").asString(""));
        return name.isEmpty() ? "a layer" : "layer '" + name + "'";
    }

    private void part(JsonNode layer, String place, ObjectNode entry, List<Part> parts) {
        var className = layer.path("class_name").asString("");
        var config = layer.path("config");
        if (!config.isObject() && !config.isArray()) throw damaged(place + ": has no arguments");
        var name = config.path("name").asString(layer.path("name").asString(Names.snakeCase(className)));
        var inner = new ArrayList<Part>();
        if (isSequential(className)) {
            entry.put("class_name", "Sequential");
            sequential(config, entry.putObject("config").putArray("layers"), inner, false);
            parts.add(new Part(className, name, "", inner));
        } else if (isFunctional(className)) {
            functional(config, entry, inner, false);
            parts.add(new Part(className, name, "", inner));
        } else {
            var kind = Kind.of(className).filter(k -> isKeras(layer))
                    .orElseThrow(() -> refused(place, className, layer));
            var built = unique(name);
            entry.put("class_name", className);
            entry.set("config", LayerConfigs.read(kind, config, place, origin));
            leaves.add(new Leaf(entry, built));
            parts.add(Part.layer(className, name, built));
        }
        var trainable = config.path("trainable");
        if (!trainable.isMissingNode() && !trainable.isBoolean())
            throw new Argument(origin, place, "trainable", trainable).damaged("true or false");
        if (!trainable.asBoolean(true)) entry.put("trainable", false);
    }

    /// A class of Keras' own; Keras 2 does not say its module.
    private static boolean isKeras(JsonNode layer) {
        var module = layer.path("module").asString("keras.layers");
        return module.equals("keras.layers") || module.startsWith("keras.src.layers.")
                || module.startsWith("keras.layers.") || Operators.isLayer(layer);
    }

    private NarwhalException refused(String place, String className, JsonNode layer) {
        if (CODE.contains(className) || className.equals("__lambda__"))
            return Problem.MODEL_REFUSED_CODE.because(origin.file() + ": " + place + " is a " + className);
        var module = layer.path("module").asString("");
        return Problem.MODEL_UNKNOWN_LAYER.because(origin.file() + ": " + place + " is a '" + className + "'"
                + (module.isEmpty() ? "" : " of '" + module + "'") + ", which Narwhal does not know");
    }

    /// Names are unique in our model; a model inside a model may repeat them.
    private String unique(String name) {
        var clean = name.replaceAll("[/\\p{Cntrl}]", "_");
        if (clean.isEmpty() || clean.equals(".")) clean = "layer";
        var unique = clean;
        while (!names.add(unique)) unique = clean + "_" + repeats.merge(clean, 1, Integer::sum);
        return unique;
    }

    // ---- layers in a graph ----

    /// One use of a layer, which becomes a step of ours.
    private record Use(int layer, int number) {}

    private void functional(JsonNode config, ObjectNode entry, List<Part> parts, boolean outermost) {
        var list = config.path("layers");
        checkList(list);
        var graph = new GraphReader(list);
        for (var entryOfFile : list) {
            var layer = Operators.asLayer(entryOfFile);
            var place = place(layer);
            if (isInput(layer)) {
                if (outermost) input = inputOf(layer, place);
                graph.add(layer, place, Optional.empty());
            } else {
                var ours = Json.object();
                part(layer, place, ours, parts);
                graph.add(layer, place, Optional.of(ours));
            }
        }
        graph.write(config, entry);
    }

    /// Puts the uses of the layers of one functional model in order: each after those it depends on, otherwise as the file has
    /// them.
    private final class GraphReader {
        private final JsonNode list;
        private final List<Optional<ObjectNode>> entries = new ArrayList<>();
        private final List<List<Call>> calls = new ArrayList<>();
        private final Map<String, Integer> byName = new HashMap<>();
        /// Number of the step that a use became; 0 for the input.
        private final Map<Use, Integer> steps = new HashMap<>();
        private final Map<String, Integer> lastUse = new HashMap<>();
        private int inputs;

        GraphReader(JsonNode list) {
            this.list = list;
        }

        void add(JsonNode layer, String place, Optional<ObjectNode> entry) {
            var name = layer.path("name").asString(layer.path("config").path("name").asString(""));
            if (byName.put(name, entries.size()) != null) throw damaged("two layers '" + name + "'");
            var nodes = layer.path("inbound_nodes");
            var own = new ArrayList<Call>();
            for (var node : nodes) own.add(Call.read(new Argument(origin, place, "inbound_nodes", node)));
            if (entry.isEmpty()) {
                steps.put(new Use(entries.size(), 0), 0);
                inputs++;
            } else if (own.isEmpty()) {
                throw damaged(place + ": is not connected");
            }
            entries.add(entry);
            calls.add(own);
        }

        void write(JsonNode config, ObjectNode entry) {
            if (inputs != 1)
                throw Problem.MODEL_UNKNOWN_LAYER
                        .because(origin.file() + ": the model has " + inputs + " inputs, expected 1");
            entry.put("class_name", "Functional");
            var written = entry.putObject("config").putArray("layers");
            var uses = uses();
            var ready = new PriorityQueue<>(Comparator.comparingInt(Use::layer).thenComparingInt(Use::number));
            var missing = new HashMap<Use, Integer>();
            var waiting = new HashMap<Use, List<Use>>();
            for (var use : uses) {
                var needed = needed(use);
                missing.put(use, needed.size());
                if (needed.isEmpty()) ready.add(use);
                for (var before : needed) waiting.computeIfAbsent(before, u -> new ArrayList<>()).add(use);
            }
            while (!ready.isEmpty()) {
                var use = ready.remove();
                step(use, written);
                for (var next : waiting.getOrDefault(use, List.of()))
                    if (missing.merge(next, -1, Integer::sum) == 0) ready.add(next);
            }
            if (written.size() < uses.size()) throw damaged("some of its layers wait for each other");
            if (output(config) != written.size())
                throw Problem.MODEL_UNKNOWN_LAYER.because(
                        origin.file() + ": some layers do not lead to the output", "save the model with one output");
        }

        private List<Use> uses() {
            var uses = new ArrayList<Use>();
            for (int layer = 0; layer < calls.size(); layer++) {
                for (int number = 0; number < calls.get(layer).size(); number++) {
                    uses.add(new Use(layer, number));
                    for (var source : calls.get(layer).get(number).inputs())
                        lastUse.merge(source.layer(), source.use(), Math::max);
                }
            }
            if (uses.size() > limits.objects())
                throw limits.exceeded(origin.file(), "objects", "more uses of layers", limits.objects());
            return uses;
        }

        /// The uses that come before a use: those that make its inputs, and the first of the same layer.
        private Set<Use> needed(Use use) {
            var needed = new HashSet<Use>();
            for (var source : calls.get(use.layer).get(use.number).inputs()) needed.add(source(source));
            if (use.number > 0) needed.add(new Use(use.layer, 0));
            needed.removeIf(steps::containsKey);
            return needed;
        }

        private void step(Use use, ArrayNode written) {
            var layer = entries.get(use.layer).orElseThrow();
            var entry = use.number == 0 ? layer : layer.deepCopy().put("parameters_of", number(new Use(use.layer, 0)));
            var places = entry.putArray("inputs");
            for (var source : calls.get(use.layer).get(use.number).inputs()) places.add(number(source(source)));
            written.add(entry);
            steps.put(use, written.size());
        }

        private int number(Use use) {
            var number = steps.get(use);
            if (number == null) throw new IllegalStateException("a use that is not written yet");
            return number;
        }

        private Use source(Call.Source source) {
            var layer = byName.get(source.layer());
            if (layer == null) throw damaged("no layer '" + source.layer() + "'");
            int number = source.use() - firstUse(layer);
            int most = Math.max(1, calls.get(layer).size());
            if (number < 0 || number >= most)
                throw damaged("layer '" + source.layer() + "' has no use number " + source.use());
            return new Use(layer, number);
        }

        /// A model in the place of a layer has a use of its own, which is not in the file: then the others count from 1.
        private int firstUse(int layer) {
            var className = list.get(layer).path("class_name").asString("");
            if (!isSequential(className) && !isFunctional(className)) return 0;
            int last = lastUse.getOrDefault(list.get(layer).path("name").asString(""), 0);
            return last == calls.get(layer).size() ? 1 : 0;
        }

        private int output(JsonNode config) {
            var outputs = config.path("output_layers");
            if (outputs.path(0).isArray() && outputs.size() == 1) outputs = outputs.get(0);
            var argument = new Argument(origin, "the model", "output_layers", outputs);
            if (outputs.path(0).isArray()) throw argument.unsupported("one output");
            var source = Call.old(argument);
            var layer = byName.get(source.layer());
            if (layer == null) throw argument.damaged("a layer of the model");
            var use = steps.get(new Use(layer, Math.min(source.use(), Math.max(0, calls.get(layer).size() - 1))));
            return use == null ? -1 : use;
        }
    }

    private NarwhalException damaged(String what) {
        return Problem.MODEL_DAMAGED.because(origin.file() + ": " + what);
    }
}
