package narwhal.optimizers;

import java.util.ArrayList;
import java.util.List;
import narwhal.engine.Engine;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.layers.Parameter;

/// What every optimizer does around its formula: clips the gradients, lets the weights decay, and keeps a few tensors for
/// each parameter.
abstract class SlotStepper implements Stepper {
    final Engine engine;
    private final Options options;
    private final List<Parameter> parameters;
    private final List<Slot> slots = new ArrayList<>();
    private final List<List<Tensor>> ofParameter = new ArrayList<>();

    /// @param kinds names of a parameter's tensors, in groups: of a group, all tensors of one parameter stand together, in
    ///     the order in which Keras stores them
    SlotStepper(Engine engine, List<Parameter> parameters, Options options, List<List<String>> kinds) {
        this.engine = engine;
        this.parameters = parameters;
        this.options = options;
        for (var parameter : parameters) ofParameter.add(new ArrayList<>());
        for (var group : kinds) {
            for (int i = 0; i < parameters.size(); i++) {
                for (var kind : group) add(i, kind);
            }
        }
    }

    private void add(int i, String kind) {
        var parameter = parameters.get(i);
        var tensor = engine.zeros(parameter.value().shape());
        slots.add(new Slot(parameter.path() + "/" + kind, tensor));
        ofParameter.get(i).add(tensor);
    }

    /// Before the parameters of a step.
    void begin(double learningRate, long iteration) {
    }

    /// Changes one parameter.
    ///
    /// @param slots its tensors, in the order of their kinds
    abstract void update(Tensor parameter, Tensor gradient, List<Tensor> slots, float learningRate);

    @Override
    public final void step(Tape tape, double learningRate, long iteration) {
        var places = new ArrayList<Integer>();
        var gradients = new ArrayList<Tensor>();
        for (int i = 0; i < parameters.size(); i++) {
            int place = i;
            tape.gradient(parameters.get(i).value()).ifPresent(gradient -> {
                places.add(place);
                gradients.add(gradient);
            });
        }
        var clipped = options.clipping().clip(engine, gradients);
        options.weightDecay().ifPresent(decay -> places
                .forEach(i -> engine.updateDecay(parameters.get(i).value(), (float) decay, (float) learningRate)));
        begin(learningRate, iteration);
        for (int k = 0; k < clipped.size(); k++) {
            int i = places.get(k);
            update(parameters.get(i).value(), clipped.get(k), ofParameter.get(i), (float) learningRate);
        }
    }

    @Override
    public final List<Slot> slots() {
        return List.copyOf(slots);
    }
}
