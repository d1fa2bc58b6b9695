package narwhal.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import narwhal.callbacks.Callback;
import narwhal.callbacks.CheckpointWriter;
import narwhal.callbacks.Step;
import narwhal.callbacks.Training;
import narwhal.data.Batches;
import narwhal.disk.Checkpoints;
import narwhal.disk.Container;
import narwhal.disk.Disk;
import narwhal.engine.Engine;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.history.Epoch;
import narwhal.history.History;
import narwhal.history.ValidationAudit;
import narwhal.json.Json;
import narwhal.layers.Mode;
import narwhal.layers.Parameter;
import narwhal.layers.Pass;
import narwhal.metrics.Tally;
import narwhal.models.Model;
import narwhal.models.ModelFile;
import narwhal.optimizers.Stepper;
import narwhal.training.Checkpoint.Position;
import narwhal.training.Checkpoint.Weights;
import org.jspecify.annotations.Nullable;

/// One run of [Trainer#fit]: the state that lives from its first step to its last.
final class Fitting implements Training {
    private static final int FAILURES = 3;

    private final Trainer trainer;
    private final Engine engine;
    private final Batches train;
    private final Fit fit;
    private final Stepper stepper;
    private final List<Epoch> epochs = new ArrayList<>();
    private final int steps;
    private final List<Save> saves = new ArrayList<>();
    private final LostPictures lost;
    private int failedSaves;
    private double learningRate;
    private Position position = new Position(1, 0, 0);
    private Running running;
    private @Nullable String stopReason;
    private boolean interrupted;

    Fitting(Trainer trainer, Batches train, Fit fit) {
        this.trainer = trainer;
        this.engine = trainer.engine();
        this.train = train;
        this.fit = fit;
        this.lost = new LostPictures(fit.goingOnWithout());
        this.stepper = trainer.optimizer().start(engine, trainer.model().trainable());
        this.steps = fit.stepsPerEpoch().orElse(train.count());
        this.running = new Running(trainer.tallies());
        learningRate = (float) trainer.optimizer().learningRate();
        fit.optimizerState().ifPresent(state -> {
            state.restore(stepper, engine);
            position = new Position(1, 0, state.iterations());
            learningRate = (float) state.learningRate();
        });
    }

    History run() {
        Coverage.of(fit).ifPresent(this::say);
        tell(callback -> callback.onTrainBegin(this));
        fit.runFolder().ifPresent(folder -> folder.resumed().ifPresent(found -> resume(folder, found)));
        while (position.epoch() <= fit.epochs() && stopReason == null && !interrupted) {
            tell(callback -> callback.onEpochBegin(this, position.epoch()));
            var finished = epoch(position.epoch());
            if (finished.isEmpty()) break;
            end(finished.get());
        }
        var history = new History(epochs);
        tell(callback -> callback.onTrainEnd(this, history));
        return history;
    }

    /// Tells the callbacks and keeps what has to be kept. Files are written when every callback has seen the epoch, so that
    /// whoever goes on from one finds all of them in the same state.
    private void end(Epoch epoch) {
        epochs.add(epoch);
        tell(callback -> callback.onEpochEnd(this, epoch));
        position = new Position(epoch.number() + 1, 0, position.iteration());
        running = new Running(trainer.tallies());
        write();
        fit.runFolder().ifPresent(folder -> folder.save(checkpoint(), folder.record(epoch)));
    }

    /// Writes what callbacks asked for, before the run folder's checkpoint that knows it was asked for: a run that is killed
    /// in between asks again.
    private void write() {
        for (var save : saves) {
            try {
                var folder = save.file.toAbsolutePath().getParent();
                if (folder != null) Disk.real().createDirectories(folder);
                save.writer.write(trainer.model(), checkpoint(), save.file);
                failedSaves = 0;
            } catch (IOException e) {
                notSaved(
                        Problem.DISK_PERMISSION.because(save.file + ": its folder could not be made: " + e.getMessage(),
                                e));
            } catch (NarwhalException e) {
                notSaved(e);
            }
        }
        saves.clear();
    }

    private void notSaved(NarwhalException e) {
        if (e.problem().exitCode() != Problem.DISK_WRITE.exitCode() || ++failedSaves == FAILURES) throw e;
        say("not saved: " + e.getMessage());
    }

    /// Trains and validates; empty if interrupted.
    private Optional<Epoch> epoch(int number) {
        long start = System.nanoTime();
        try (var loader = new BatchLoader(engine, train, plan(number, position.step()), fit.loaders(),
                trainer.images(), lost)) {
            while (position.step() < steps) {
                if (stopReason != null) return stopped();
                step(next(loader), number, position.step() + 1);
                var report = new Step(number, position.step(), steps, running.metrics());
                tell(callback -> callback.onStepEnd(this, report));
                write();
                if (isInterrupted()) return stopped();
                if (isDue()) fit.runFolder().ifPresent(folder -> folder.save(checkpoint(), false));
            }
        }
        var metrics = new LinkedHashMap<>(running.metrics());
        Optional<ValidationAudit> audit = Optional.empty();
        if (fit.validation().isPresent()) {
            var evaluation = validate(fit.validation().get(), number);
            if (evaluation.isEmpty()) return stopped();
            metrics.putAll(Trainer.named("val_", evaluation.get().metrics()));
            audit = Optional.of(evaluation.get().audit());
        }
        return Optional.of(new Epoch(number, metrics, learningRate, (System.nanoTime() - start) * 1e-9, audit));
    }

    /// Empty if interrupted.
    private Optional<Evaluation> validate(Batches validation, int number) {
        int asked = fit.validationSteps().orElse(validation.count());
        var read = fit.validationIterator().read(number - 1, asked, validation.count());
        try {
            return trainer.evaluate(validation, read, fit.loaders(), this::isInterrupted, lost);
        } catch (NarwhalException e) {
            stopped();
            throw e;
        }
    }

    /// A picture that cannot be read any more ends the training at this step, which can be resumed.
    private BatchLoader.Batch next(BatchLoader loader) {
        try {
            return loader.next();
        } catch (NarwhalException e) {
            stopped();
            throw e;
        }
    }

    /// Ends within an epoch: what is done so far is kept, also where only the validation is missing.
    private Optional<Epoch> stopped() {
        fit.runFolder().ifPresent(folder -> folder.save(checkpoint(), false));
        return Optional.empty();
    }

    private boolean isInterrupted() {
        if (!interrupted && fit.interrupted().getAsBoolean()) interrupted = true;
        return interrupted;
    }

    private boolean isDue() {
        return fit.checkpointEvery().isPresent() && position.step() < steps
                && position.iteration() % fit.checkpointEvery().getAsInt() == 0;
    }

    /// The training stream: passes one after the other, cut into epochs of `steps` batches.
    private BatchLoader.Plan plan(int epoch, int done) {
        long first = (long) (epoch - 1) * steps + done;
        return new BatchLoader.Plan() {
            private int pass = -1;
            private int[] order = {};

            @Override
            public int length() {
                return steps - done;
            }

            @Override
            public synchronized int[] indices(int position) {
                if (pass != epoch(position)) {
                    pass = epoch(position);
                    order = train.order(pass);
                }
                return train.batch(order, (int) ((first + position) % train.count()));
            }

            @Override
            public int epoch(int position) {
                return Math.toIntExact((first + position) / train.count());
            }
        };
    }

    private void step(BatchLoader.Batch batch, int epoch, int step) {
        try (var scope = engine.scope()) {
            trainer.optimizer().schedule().ifPresent(rate -> learningRate = (float) rate.at(position.iteration()));
            var tape = Tape.recording(engine);
            for (var parameter : trainer.model().trainable()) tape.watch(parameter.value());
            var pass = new Pass(tape, Mode.TRAINING, trainer.model().randomness(), position.iteration());
            var predictions = trainer.model().forward(batch.images(), pass);
            var losses = trainer.loss().perSample(tape, predictions, trainer.targets(train.dataset(), batch.indices()));
            int samples = batch.indices().length;
            var weighted = trainer.weighted(tape, losses, train.dataset(), batch.indices(), fit.classWeight());
            var mean = penalized(tape, tape.scale(tape.sum(weighted), 1f / samples, 0));
            float loss = engine.read(mean)[0];
            if (!Float.isFinite(loss)) throw diverged("the loss", batch, epoch, step);
            running.add(loss, samples);
            trainer.count(running.tallies, engine.read(predictions), train.dataset(), batch.indices());
            tape.backward(mean);
            checkGradients(tape, batch, epoch, step);
            position = new Position(epoch, step, position.iteration() + 1);
            stepper.step(tape, learningRate, position.iteration());
        }
    }

    /// The mean loss of a batch with what the weights add to it.
    private Tensor penalized(Tape tape, Tensor mean) {
        return trainer.model().penalty(tape).map(penalty -> tape.add(mean, penalty)).orElse(mean);
    }

    /// Before the weights change, so that they stay finite.
    private void checkGradients(Tape tape, BatchLoader.Batch batch, int epoch, int step) {
        for (var parameter : trainer.model().trainable()) {
            if (tape.gradient(parameter.value()).filter(gradient -> !engine.isFinite(gradient)).isPresent()) {
                throw diverged("the gradient of " + parameter.path(), batch, epoch, step);
            }
        }
    }

    private RuntimeException diverged(String what, BatchLoader.Batch batch, int epoch, int step) {
        var files = new ArrayList<String>();
        for (int i = 0; i < Math.min(2, batch.indices().length); i++)
            files.add(train.dataset().nameOf(batch.indices()[i]));
        return Problem.NUM_NOT_FINITE
                .because("epoch " + epoch + ", step " + step + ": " + what + " is not a finite number at learning rate "
                        + (float) learningRate + ", in the batch of " + String.join(", ", files) + " and "
                        + (batch.indices().length - files.size())
                        + " more", "lower the learning rate or look at these pictures");
    }

    private void tell(java.util.function.Consumer<Callback> message) {
        fit.callbacks().forEach(message);
    }

    // ---- what callbacks may touch

    @Override
    public Model model() {
        return trainer.model();
    }

    @Override
    public int epochs() {
        return fit.epochs();
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void learningRate(double rate) {
        if (trainer.optimizer().schedule().isPresent()) {
            throw Problem.USAGE_CONFLICT.because(
                    "the learning rate follows a schedule of the optimizer, and a callback wants to set it too",
                    "give the optimizer a number, or leave the callback out");
        }
        learningRate = (float) rate;
    }

    @Override
    public void stop(String reason) {
        if (stopReason == null) stopReason = reason;
    }

    @Override
    public void save(Path file, CheckpointWriter writer) {
        saves.add(new Save(file, writer));
    }

    private record Save(Path file, CheckpointWriter writer) {}

    private Container checkpoint() {
        var state = Json.object();
        Checkpoint.describe(position, learningRate, train.dataset().fingerprint(), state);
        Checkpoint.describeTallies(running.tallies, running.lossSum, running.samples, state);
        if (stopReason != null) state.put("stopped", stopReason);
        var kept = Checkpoint.describeCallbacks(fit.callbacks().stream().map(Callback::state).toList(), state);
        ModelFile.describe(trainer.model(), train.dataset().recipe(), state);
        var sections = new ArrayList<>(ModelFile.weights(trainer.model()));
        sections.addAll(Checkpoint.slots(stepper, engine));
        sections.addAll(kept);
        return Checkpoint.container(state, sections);
    }

    private void resume(RunFolder folder, Checkpoints.Found found) {
        var state = found.container().state();
        if (!state.path("data").asString().equals(train.dataset().fingerprint())) {
            throw Problem.CKPT_OTHER_DATA.because(found.file() + ": the training pictures are not those of the run");
        }
        ModelFile.restoreWeights(trainer.model(), found.container(), found.file());
        Checkpoint.restoreSlots(stepper, engine, found.container(), found.file());
        position = Checkpoint.position(state);
        learningRate = (float) state.path("learning_rate").asDouble();
        Checkpoint.restoreTallies(state.path("running"), running.tallies);
        running.lossSum = Json.number(state.path("running").path("loss_sum"));
        running.samples = state.path("running").path("samples").asLong();
        epochs.addAll(folder.history());
        // Who ended the training early ends it again.
        if (state.path("stopped").isString()) stop(state.path("stopped").stringValue());
        var states = Checkpoint.callbacks(found.container(), trainer.model().parameters());
        for (int i = 0; i < Math.min(states.size(), fit.callbacks().size()); i++)
            fit.callbacks().get(i).restore(this, states.get(i));
    }

    @Override
    public Snapshot snapshot() {
        var values = new LinkedHashMap<Parameter, float[]>();
        for (var parameter : trainer.model().parameters()) values.put(parameter, engine.read(parameter.value()));
        return new Weights(values);
    }

    @Override
    public void restoreWeights(Snapshot snapshot) {
        ((Weights) snapshot).values().forEach((parameter, values) -> write(parameter.value(), values));
    }

    private void write(Tensor tensor, float[] values) {
        engine.write(tensor, 0, values, values.length);
    }

    @Override
    public void say(String line) {
        fit.callbacks().forEach(callback -> callback.onMessage(line));
    }

    /// Averages over the samples of an epoch so far.
    private final class Running {
        final List<Tally> tallies;
        private double lossSum;
        private long samples;

        Running(List<Tally> tallies) {
            this.tallies = tallies;
        }

        void add(float loss, int count) {
            lossSum += (double) loss * count;
            samples += count;
        }

        Map<String, Double> metrics() {
            var metrics = new LinkedHashMap<String, Double>();
            metrics.put("loss", lossSum / samples);
            for (int m = 0; m < tallies.size(); m++)
                metrics.put(trainer.metrics().get(m).name(), tallies.get(m).result());
            return metrics;
        }
    }
}
