package narwhal.keras;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import narwhal.layers.Builder;
import narwhal.layers.Frozen;
import narwhal.layers.Graph;
import narwhal.layers.Layer;
import narwhal.layers.Named;
import narwhal.layers.Sequential;
import narwhal.layers.Shared;
import narwhal.models.Model;

/// The layers of a model without their containers, in the order in which Keras lists them, and who is given whose results.
final class Leaves {
    private final List<Builder.Built> built;
    /// One entry for each use of a layer; place k is use k + 1.
    private final List<Use> uses = new ArrayList<>();
    private int nextBuilt;

    /// A layer, as it is listed.
    ///
    /// @param built its name, description and parameters
    /// @param uses where it is used, in order
    record Leaf(Builder.Built built, boolean frozen, List<Use> uses) {
        String name() {
            return built.name();
        }

        String className() {
            return built.layer().kind();
        }
    }

    /// One use of a layer.
    ///
    /// @param built place of the layer among those built
    /// @param inputs 0 is the model's input, k what use k makes, from 1
    record Use(int built, boolean frozen, List<Integer> inputs) {}

    private Leaves(Model model) {
        built = model.layers();
        int output = walk(model.network(), List.of(0), false, OptionalInt.empty());
        if (output != uses.size()) throw new IllegalStateException("a network whose last layer is not its output");
    }

    static Leaves of(Model model) {
        return new Leaves(model);
    }

    /// Whether every layer is given the result of the one before.
    boolean inLine() {
        for (int i = 0; i < uses.size(); i++)
            if (uses.get(i).built != i || !uses.get(i).inputs.equals(List.of(i))) return false;
        return true;
    }

    /// All uses, numbered from 1.
    List<Use> uses() {
        return uses;
    }

    /// The layers in Keras' order.
    List<Leaf> list() {
        var order = new Order();
        var leaves = new ArrayList<Leaf>();
        for (int layer : order.layers()) {
            var own = uses.stream().filter(use -> use.built == layer).toList();
            leaves.add(new Leaf(built.get(layer), own.getFirst().frozen, own));
        }
        return leaves;
    }

    // ---- walking ----

    /// @param again place among the built of the first layer that is used again; empty for the first use
    /// @return number of the use that makes the result
    private int walk(Layer layer, List<Integer> inputs, boolean frozen, OptionalInt again) {
        return switch (layer) {
            case Named named -> walk(named.layer(), inputs, frozen, again);
            case Frozen ice -> walk(ice.layer(), inputs, true, again);
            case Shared shared -> walk(shared.layer(), inputs, frozen, again);
            case Sequential line -> line(line, inputs, frozen, again);
            case Graph graph -> graph(graph, inputs.getFirst(), frozen, again);
            default -> {
                int place = again.orElse(nextBuilt);
                if (again.isEmpty()) nextBuilt++;
                uses.add(new Use(place, frozen, inputs));
                yield uses.size();
            }
        };
    }

    private int line(Sequential line, List<Integer> inputs, boolean frozen, OptionalInt again) {
        var given = inputs;
        int place = again.orElse(0);
        for (var layer : line.layers()) {
            given = List.of(walk(layer, given, frozen, again.isPresent() ? OptionalInt.of(place) : again));
            place += count(layer);
        }
        return given.getFirst();
    }

    private int graph(Graph graph, int input, boolean frozen, OptionalInt again) {
        var results = new ArrayList<Integer>();
        var places = new ArrayList<Integer>();
        results.add(input);
        int place = again.orElse(nextBuilt);
        for (var step : graph.steps()) {
            boolean own = step.parametersOf().isEmpty();
            places.add(own ? place : places.get(step.parametersOf().getAsInt() - 1));
            var from = own && again.isEmpty() ? again : OptionalInt.of(places.getLast());
            results.add(walk(step.layer(), step.inputs().stream().map(results::get).toList(), frozen, from));
            if (own) place += count(step.layer());
        }
        return results.getLast();
    }

    /// How many layers are listed for a layer.
    private static int count(Layer layer) {
        return switch (layer) {
            case Named named -> count(named.layer());
            case Frozen ice -> count(ice.layer());
            case Shared shared -> count(shared.layer());
            case Sequential line -> line.layers().stream().mapToInt(Leaves::count).sum();
            case Graph graph -> graph.steps().stream().filter(step -> step.parametersOf().isEmpty())
                    .mapToInt(step -> count(step.layer())).sum();
            default -> 1;
        };
    }

    // ---- Keras' order ----

    /// By the longest way to the output, and among equals as a walk from the output meets them first. Source:
    /// `keras/src/ops/function.py` (`map_graph`) of Keras 3.
    private final class Order {
        private final int[] met = new int[built.size()];
        private final int[] layerDepth = new int[built.size()];
        private final List<Integer> finished = new ArrayList<>();

        Order() {
            java.util.Arrays.fill(met, -1);
            walkFromOutput();
            var depth = new int[uses.size() + 1];
            for (int use : finished.reversed()) {
                int layer = uses.get(use - 1).built;
                depth[use] = Math.max(depth[use], layerDepth[layer]);
                layerDepth[layer] = depth[use];
                for (int input : uses.get(use - 1).inputs) depth[input] = Math.max(depth[input], depth[use] + 1);
            }
        }

        /// Depth first, with a stack of our own: a line of 20,000 layers is no reason to overflow Java's.
        private void walkFromOutput() {
            var seen = new boolean[uses.size() + 1];
            Deque<int[]> stack = new ArrayDeque<>();
            int count = meet(uses.size(), seen, stack, 0);
            while (!stack.isEmpty()) {
                var top = stack.peek();
                var inputs = uses.get(top[0] - 1).inputs;
                if (top[1] == inputs.size()) {
                    finished.add(stack.pop()[0]);
                } else {
                    int input = inputs.get(top[1]++);
                    if (input > 0 && !seen[input]) count = meet(input, seen, stack, count);
                }
            }
        }

        private int meet(int use, boolean[] seen, Deque<int[]> stack, int count) {
            seen[use] = true;
            stack.push(new int[]{use, 0});
            int layer = uses.get(use - 1).built;
            if (met[layer] >= 0) return count;
            met[layer] = count;
            return count + 1;
        }

        List<Integer> layers() {
            return java.util.stream.IntStream.range(0, built.size()).filter(layer -> met[layer] >= 0).boxed()
                    .sorted(Comparator.comparingInt((Integer layer) -> -layerDepth[layer])
                            .thenComparingInt(layer -> met[layer]))
                    .toList();
        }
    }
}
