package narwhal.callbacks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import narwhal.history.Epoch;
import narwhal.history.History;
import narwhal.models.Model;
import org.jspecify.annotations.Nullable;

/// A training without a model: it hands finished epochs to callbacks and notes what they do.
final class FakeTraining implements Training {
    /// For names of other formats, where nothing is written.
    static final CheckpointWriter UNWRITTEN = (model, checkpoint, file) -> {
    };

    final List<Callback> callbacks;
    final List<String> saved = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final List<Epoch> epochs = new ArrayList<>();
    private double learningRate;
    @Nullable
    String stopReason;
    /// The epoch whose weights the model has, from 1.
    int weights;
    int restored;

    /// The number of an epoch stands for its weights.
    record Weights(int epoch) implements Snapshot {}

    FakeTraining(double learningRate, Callback... callbacks) {
        this.callbacks = List.of(callbacks);
        learningRate(learningRate);
    }

    FakeTraining begin() {
        for (var callback : callbacks) callback.onTrainBegin(this);
        return this;
    }

    /// Hands the state of another training's callbacks to these.
    FakeTraining resume(List<CallbackState> states, double rate) {
        begin();
        learningRate(rate);
        for (int i = 0; i < states.size(); i++) callbacks.get(i).restore(this, states.get(i));
        return this;
    }

    void epoch(int number, Map<String, Double> metrics) {
        for (var callback : callbacks) callback.onEpochBegin(this, number);
        weights = number;
        var epoch = new Epoch(number, metrics, learningRate, 1, Optional.empty());
        epochs.add(epoch);
        for (var callback : callbacks) callback.onEpochEnd(this, epoch);
    }

    void end() {
        for (var callback : callbacks) callback.onTrainEnd(this, new History(epochs));
    }

    List<CallbackState> states() {
        return callbacks.stream().map(Callback::state).toList();
    }

    @Override
    public Model model() {
        throw new IllegalStateException("a callback looked at the model");
    }

    @Override
    public int epochs() {
        return 100;
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void learningRate(double rate) {
        learningRate = (float) rate;
    }

    @Override
    public void stop(String reason) {
        if (stopReason == null) stopReason = reason;
    }

    @Override
    public void save(Path file, CheckpointWriter writer) {
        saved.add(file.toString());
    }

    @Override
    public Snapshot snapshot() {
        return new Weights(weights);
    }

    @Override
    public void restoreWeights(Snapshot snapshot) {
        restored = ((Weights) snapshot).epoch();
    }

    @Override
    public void say(String line) {
        said.add(line);
    }
}
