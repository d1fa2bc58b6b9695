package narwhal.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import narwhal.callbacks.CallbackState;
import narwhal.callbacks.Training;
import narwhal.disk.Container;
import narwhal.disk.Section;
import narwhal.errors.Problem;
import narwhal.json.Json;
import narwhal.layers.Parameter;
import narwhal.metrics.Tally;
import narwhal.models.ModelFile;
import narwhal.optimizers.Stepper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Everything a training needs to go on as if it had never stopped, as the state and the sections of a [Container].
final class Checkpoint {
    private static final String OPTIMIZER = "optimizer/";

    private Checkpoint() {
    }

    /// Where a training is.
    ///
    /// @param epoch being trained, from 1
    /// @param step finished steps of it
    /// @param iteration finished steps of all epochs
    record Position(int epoch, int step, long iteration) {}

    static void describe(Position position, double learningRate, String data, ObjectNode state) {
        state.put("step", position.iteration()).put("epoch", position.epoch()).put("step_in_epoch", position.step());
        state.put("learning_rate", learningRate).put("data", data);
    }

    static Position position(ObjectNode state) {
        return new Position(state.path("epoch").asInt(), state.path("step_in_epoch").asInt(),
                state.path("step").asLong());
    }

    static void describeTallies(List<Tally> tallies, double lossSum, long samples, ObjectNode state) {
        var node = state.putObject("running").put("loss_sum", lossSum).put("samples", samples);
        var array = node.putArray("tallies");
        for (var tally : tallies) {
            var numbers = array.addArray();
            for (double number : tally.state()) numbers.add(number);
        }
    }

    static void restoreTallies(JsonNode running, List<Tally> tallies) {
        for (int m = 0; m < tallies.size(); m++) tallies.get(m).restore(numbers(running.path("tallies").path(m)));
    }

    /// What the callbacks remember; the weights that one of them keeps become sections of their own.
    static List<Section> describeCallbacks(List<CallbackState> states, ObjectNode state) {
        var array = state.putArray("callbacks");
        var sections = new ArrayList<Section>();
        for (int i = 0; i < states.size(); i++) {
            var node = array.addObject();
            states.get(i).numbers().forEach(node::put);
            var prefix = kept(i);
            states.get(i).weights().map(Weights.class::cast).ifPresent(weights -> weights.values()
                    .forEach((parameter, values) -> sections
                            .add(Section.float32(prefix + parameter.path(), values, values.length))));
        }
        return sections;
    }

    static List<CallbackState> callbacks(Container container, List<Parameter> parameters) {
        var states = new ArrayList<CallbackState>();
        for (var node : container.state().path("callbacks")) {
            var numbers = new TreeMap<String, Double>();
            for (var entry : node.properties()) numbers.put(entry.getKey(), Json.number(entry.getValue()));
            states.add(new CallbackState(numbers, keptWeights(container, kept(states.size()), parameters)));
        }
        return states;
    }

    private static Optional<Training.Snapshot> keptWeights(Container container, String prefix,
            List<Parameter> parameters) {
        if (container.sections().stream().noneMatch(section -> section.name().startsWith(prefix)))
            return Optional.empty();
        var values = new LinkedHashMap<Parameter, float[]>();
        for (var parameter : parameters)
            values.put(parameter, container.section(prefix + parameter.path()).floats());
        return Optional.of(new Weights(values));
    }

    private static String kept(int callback) {
        return "callback/" + callback + "/";
    }

    /// A copy of all weights.
    record Weights(Map<Parameter, float[]> values) implements Training.Snapshot {}

    static List<Section> slots(Stepper stepper, narwhal.engine.Engine engine) {
        return stepper.slots().stream().map(slot -> Section.float32(OPTIMIZER + slot.name(), engine.read(slot.value()),
                slot.value().shape().size())).toList();
    }

    static void restoreSlots(Stepper stepper, narwhal.engine.Engine engine, Container container, Path file) {
        var stored = container.sections().stream().filter(section -> section.name().startsWith(OPTIMIZER)).toList();
        var slots = stepper.slots();
        for (int i = 0; i < Math.max(stored.size(), slots.size()); i++) {
            var here = i < slots.size() ? slots.get(i).name() : "nothing more";
            var there = i < stored.size() ? stored.get(i).name().substring(OPTIMIZER.length()) : "nothing more";
            if (!here.equals(there)) {
                throw Problem.CKPT_OTHER_MODEL.because(
                        file + ": the optimizer's memory has " + there + " where this one has " + here,
                        "train with the optimizer it was saved from");
            }
        }
        for (int i = 0; i < slots.size(); i++) {
            var values = stored.get(i).floats();
            engine.write(slots.get(i).value(), 0, values, values.length);
        }
    }

    static Container container(ObjectNode state, List<Section> sections) {
        return new Container("checkpoint", ModelFile.BUILD, state, sections);
    }

    private static double[] numbers(JsonNode array) {
        var numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = Json.number(array.get(i));
        return numbers;
    }
}
