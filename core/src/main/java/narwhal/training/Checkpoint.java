package narwhal.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import narwhal.callbacks.CallbackState;
import narwhal.disk.Container;
import narwhal.disk.Section;
import narwhal.errors.Problem;
import narwhal.json.Json;
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

    static void describeCallbacks(List<CallbackState> states, ObjectNode state) {
        var array = state.putArray("callbacks");
        for (var callback : states) {
            var node = array.addObject();
            callback.numbers().forEach(node::put);
        }
    }

    static List<CallbackState> callbacks(ObjectNode state) {
        var states = new ArrayList<CallbackState>();
        for (var node : state.path("callbacks")) {
            var numbers = new java.util.TreeMap<String, Double>();
            for (var entry : node.properties()) numbers.put(entry.getKey(), Json.number(entry.getValue()));
            states.add(new CallbackState(numbers));
        }
        return states;
    }

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
