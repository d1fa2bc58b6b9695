package narwhal.layers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import narwhal.engine.Shape;
import narwhal.engine.Tensor;
import narwhal.errors.Problem;
import narwhal.layers.Merge.MergeForward;

/// Layers that need not stand in a line: branches, shortcuts, layers of several inputs. Keras' functional model with one
/// input and one output; itself a layer.
///
/// ```java
/// var x = Graph.input();
/// var y = conv2d(64, 3).padding(SAME).activation(RELU).on(x);
/// y = conv2d(64, 3).padding(SAME).on(y);
/// var network = Graph.of(x, relu().on(add().on(x, y)));
/// ```
///
/// The steps stand in the order in which Keras lists the layers of such a model. In a pass that does not record, a result is
/// given back as soon as the last layer has used it.
///
/// @param steps in an order in which every step comes after its inputs; the last one makes the output
public record Graph(List<Step> steps) implements Container {
    /// One layer at work.
    ///
    /// @param layer what it does
    /// @param inputs where its inputs come from: 0 is the input of the graph, k what step number k makes, from 1
    /// @param parametersOf number of the step, from 1, whose parameters this one uses; empty for parameters of its own
    public record Step(Layer layer, List<Integer> inputs, OptionalInt parametersOf) {
        public Step {
            Checks.argument(!inputs.isEmpty(), "a layer of a graph needs an input");
            inputs = List.copyOf(inputs);
        }

        /// A step with parameters of its own.
        public Step(Layer layer, List<Integer> inputs) {
            this(layer, inputs, OptionalInt.empty());
        }
    }

    public Graph {
        Checks.argument(!steps.isEmpty(), "a graph needs at least 1 layer");
        for (int i = 0; i < steps.size(); i++) {
            int place = i;
            Checks.argument(steps.get(i).inputs().stream().allMatch(input -> input >= 0 && input <= place)
                    && steps.get(i).parametersOf().orElse(1) >= 1 && steps.get(i).parametersOf().orElse(0) <= place,
                    "step " + (i + 1) + " of a graph uses what comes after it");
        }
        steps = List.copyOf(steps);
    }

    /// Where a graph begins.
    public static Node input() {
        return new Node(Optional.empty(), List.of());
    }

    /// The graph from `input` to `output`.
    ///
    /// @throws IllegalArgumentException if the output does not come from the input alone
    public static Graph of(Node input, Node output) {
        return new Ordering(input, output).graph();
    }

    @Override
    public Shape outputShape(Shape input) {
        return shapes(input).getLast();
    }

    /// Shape of one sample at every place: the input, then what each step makes.
    private List<Shape> shapes(Shape input) {
        var shapes = new ArrayList<Shape>();
        shapes.add(input);
        for (var step : steps) {
            var inputs = step.inputs().stream().map(shapes::get).toList();
            shapes.add(inputs.size() == 1
                    ? step.layer().outputShape(inputs.getFirst())
                    : merge(step.layer()).outputShape(inputs));
        }
        return shapes;
    }

    private static Merge merge(Layer layer) {
        return switch (layer) {
            case Merge merge -> merge;
            case Named named -> merge(named.layer());
            case Frozen frozen -> merge(frozen.layer());
            default -> throw Problem.SHAPE_MISMATCH.because(layer.kind() + " takes one input, got several",
                    "merge them first");
        };
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var shapes = new ArrayList<Shape>();
        shapes.add(input);
        var forwards = new ArrayList<MergeForward>();
        var parameters = new ArrayList<List<Parameter>>();
        for (var step : steps) {
            var inputs = step.inputs().stream().map(shapes::get).toList();
            int before = builder.parameters().size();
            forwards.add(build(builder, step, inputs, parameters));
            var all = builder.parameters();
            parameters.add(step.parametersOf().isPresent()
                    ? parameters.get(step.parametersOf().getAsInt() - 1)
                    : all.subList(before, all.size()));
            shapes.add(inputs.size() == 1
                    ? step.layer().outputShape(inputs.getFirst())
                    : merge(step.layer()).outputShape(inputs));
        }
        return new Run(stages(forwards));
    }

    private static MergeForward build(Builder builder, Step step, List<Shape> inputs,
            List<List<Parameter>> parameters) {
        if (inputs.size() > 1) return builder.build(step.layer(), inputs);
        return new Alone(step.parametersOf().isPresent()
                ? builder.buildAgain(step.layer(), inputs.getFirst(),
                        parameters.get(step.parametersOf().getAsInt() - 1))
                : builder.build(step.layer(), inputs.getFirst()));
    }

    /// A layer of one input among those of several.
    private record Alone(Forward forward) implements MergeForward {
        @Override
        public Tensor forward(List<Tensor> inputs, Pass pass) {
            return forward.forward(inputs.getFirst(), pass);
        }
    }

    /// One step, or several of which each alone needs what the one before makes.
    ///
    /// @param inputs places where its inputs come from
    /// @param output place of what it makes
    private record Stage(List<Integer> inputs, int output, MergeForward forward) {}

    /// The steps, those in a line as one [Chain], as if they stood in a [Sequential].
    private List<Stage> stages(List<MergeForward> forwards) {
        int[] uses = new int[steps.size() + 1];
        for (var step : steps) step.inputs().forEach(input -> uses[input]++);
        var stages = new LinkedHashMap<Integer, Stage>(); // by their outputs
        for (int i = 0; i < forwards.size(); i++) {
            var stage = new Stage(steps.get(i).inputs(), i + 1, forwards.get(i));
            var before = stages.get(stage.inputs.getFirst());
            if (before != null && uses[before.output] == 1 && before.forward instanceof Alone(var first)
                    && stage.forward instanceof Alone(var second)) {
                stages.remove(before.output);
                stage = new Stage(before.inputs, stage.output, new Alone(Chain.of(first, second)));
            }
            stages.put(stage.output, stage);
        }
        return List.copyOf(stages.values());
    }

    /// Runs the stages and counts who still needs what.
    private record Run(List<Stage> stages) implements Forward {
        @Override
        @SuppressWarnings("ReferenceEquality") // Some layers hand on the very tensor they were given.
        public Tensor forward(Tensor x, Pass pass) {
            int[] uses = new int[stages.getLast().output + 1];
            for (var stage : stages) stage.inputs.forEach(input -> uses[input]++);
            uses[stages.getLast().output] = 1;
            // Looked up, never iterated. One tensor may stand at several places.
            var needed = new IdentityHashMap<Tensor, Integer>();
            needed.put(x, uses[0] + 1);
            var made = new Tensor[uses.length];
            made[0] = x;
            for (var stage : stages) {
                var inputs = stage.inputs.stream().map(input -> made[input]).toList();
                var y = stage.forward.forward(inputs, pass);
                made[stage.output] = y;
                needed.merge(y, uses[stage.output], Integer::sum);
                for (var input : inputs) {
                    if (needed.merge(input, -1, Integer::sum) == 0) pass.tape().finished(input);
                }
            }
            return made[stages.getLast().output];
        }
    }

    /// Keras' order of the layers of a functional model: by the longest way to the output, and among equals as a walk from
    /// the output meets them. Source: `keras/src/ops/function.py` (`map_graph`) of Keras 3.
    private static final class Ordering {
        private final Node input;
        private final List<Node> finished = new ArrayList<>();
        private final IdentityHashMap<Node, Integer> met = new IdentityHashMap<>();
        private final IdentityHashMap<Node, Integer> depth = new IdentityHashMap<>();

        Ordering(Node input, Node output) {
            this.input = input;
            walk(output);
            if (!met.containsKey(input))
                throw new IllegalArgumentException("the output of a graph does not need its input");
            for (var node : finished.reversed()) {
                int own = depth.computeIfAbsent(node, n -> 0);
                node.inputs().forEach(before -> depth.merge(before, own + 1, Math::max));
            }
        }

        private void walk(Node node) {
            if (met.putIfAbsent(node, met.size()) != null) return;
            if (node != input) {
                if (node.layer().isEmpty()) throw new IllegalArgumentException("a graph has one input, got two");
                node.inputs().forEach(this::walk);
            }
            finished.add(node);
        }

        Graph graph() {
            var order = finished.stream().filter(node -> node != input)
                    .sorted(Comparator.comparingInt((Node node) -> -depthOf(node)).thenComparingInt(this::metAt))
                    .toList();
            var places = new IdentityHashMap<Node, Integer>();
            places.put(input, 0);
            var first = new IdentityHashMap<Shared, Integer>();
            var steps = new ArrayList<Step>();
            for (var node : order) {
                var inputs = node.inputs().stream().map(before -> place(places, before)).toList();
                places.put(node, steps.size() + 1);
                steps.add(step(node.layer().orElseThrow(), inputs, first, steps.size() + 1));
            }
            return new Graph(steps);
        }

        private static Step step(Layer layer, List<Integer> inputs, IdentityHashMap<Shared, Integer> first,
                int number) {
            if (!(layer instanceof Shared shared)) return new Step(layer, inputs);
            var before = first.putIfAbsent(shared, number);
            return new Step(shared.layer(), inputs, before == null ? OptionalInt.empty() : OptionalInt.of(before));
        }

        private static int place(IdentityHashMap<Node, Integer> places, Node node) {
            var place = places.get(node);
            if (place == null) throw new IllegalStateException("a node comes after one that needs it");
            return place;
        }

        private int depthOf(Node node) {
            return depth.getOrDefault(node, 0);
        }

        private int metAt(Node node) {
            return met.getOrDefault(node, 0);
        }
    }
}
