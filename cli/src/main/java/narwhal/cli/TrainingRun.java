package narwhal.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import narwhal.data.Batches;
import narwhal.data.Preparation;
import narwhal.disk.Disk;
import narwhal.doctor.Doctor;
import narwhal.doctor.report.TextReport;
import narwhal.engine.Shape;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.history.Epoch;
import narwhal.history.facts.Facts;
import narwhal.history.readers.Logs;
import narwhal.models.Model;
import narwhal.keras.KerasFiles;
import narwhal.models.ModelFile;
import narwhal.training.Evaluation;
import narwhal.training.Fit;
import narwhal.training.MemoryEstimate;
import narwhal.training.RunFolder;
import narwhal.training.Trainer;

/// One training from its settings to its last line: finds the pictures, builds the model, checks the memory, trains, and
/// says what came of it.
final class TrainingRun {
    private static final int MOST_RUNS = 100_000;

    private final TrainCommand settings;
    private final Console console;
    private final SaidLines lines;
    private final Signals signals;
    private final DataSource source;
    private final Preparation preparation;

    TrainingRun(TrainCommand settings, Console console, Signals signals) {
        this.settings = settings;
        this.console = console;
        this.lines = new SaidLines(console, settings.verbose() == Verbosity.SILENT);
        this.signals = signals;
        this.source = DataSource.of(settings.data(), settings.training(), settings.pictures());
        this.preparation = settings.pictures().preparation(source.usualSize());
        // Sizes that no picture can repair are told before the first one is read.
        sized(() -> NetworkNames.network(settings.training().model(), 2).outputShape(shape()));
    }

    /// Starts a run in `folder`, or in the next free one. The folder is made once the pictures are known to be usable, or to
    /// list those that are not.
    ///
    /// @return the exit code
    int start(Optional<Path> folder) {
        folder.ifPresent(TrainingRun::checkIsFree);
        var sets = look();
        try (var run = folder.isPresent() ? create(folder.get()) : nextFree()) {
            return run(run, RunRecord.of(run, settings), sets);
        }
    }

    /// Goes on with a run.
    ///
    /// @return the exit code
    int resume(RunFolder run) {
        return run(run, RunRecord.resumed(run, settings), look());
    }

    private Sets look() {
        var sets = Sets.look(source, lines);
        sets.check(settings.training().batchSize());
        return sets;
    }

    /// Before the pictures are read, which may take a while.
    private static void checkIsFree(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw Problem.DISK_PERMISSION.because(folder + ": is a file, expected a folder or a new name",
                    "choose another --run-dir");
        }
        if (Files.exists(folder.resolve("run.json"))) throw Problem.RUN_EXISTS.because(folder.toString());
    }

    private RunFolder create(Path folder) {
        return RunFolder.create(folder, Disk.real(), lines::warn);
    }

    /// The first number without a run. Two starts at once get two numbers.
    private RunFolder nextFree() {
        for (int number = 1; number < MOST_RUNS; number++) {
            var folder = Path.of("runs", source.name() + "-" + settings.training().model() + "-" + number);
            if (Files.exists(folder.resolve("run.json"))) continue;
            try {
                return create(folder);
            } catch (NarwhalException e) {
                if (e.problem() != Problem.RUN_IN_USE && e.problem() != Problem.RUN_EXISTS) throw e;
            }
        }
        throw Problem.RUN_EXISTS.because("runs: holds " + MOST_RUNS + " runs", "remove old ones or give --run-dir");
    }

    private Shape shape() {
        return Shape.of(preparation.height(), preparation.width(), preparation.channels());
    }

    /// A tensor has at most `Integer.MAX_VALUE` numbers.
    private <T> T sized(Supplier<T> work) {
        try {
            return work.get();
        } catch (ArithmeticException _) {
            throw Problem.MEM_ESTIMATE.because("pictures of " + shape() + ": a layer would have more than "
                    + Integer.MAX_VALUE + " numbers", "take smaller pictures with --image-size");
        }
    }

    private int run(RunFolder run, RunRecord record, Sets sets) {
        lines.keepIn(run);
        keepBad(run, sets);
        try (var engine = settings.machine().engine()) {
            var training = settings.training();
            var network = NetworkNames.network(training.model(), sets.classes());
            var model = sized(() -> Model.of(network, shape(), training.seed(), engine));
            long spare = Memory.check(MemoryEstimate.of(model, settings.optimizer().optimizer(),
                    settings.machine().loaders()), training.batchSize());
            var prepared = settings.pictures().fitted(preparation, sets.train());
            var train = sets.training(prepared.augment(settings.augmentation().augmentation())
                    .seed(training.seed()), spare, training);
            var validation = sets.validation(prepared, spare, training);
            var trainer = settings.trainer(model, sets.classes());
            record.start(model, sets, train.dataset().fingerprint(), validation.dataset().fingerprint());
            introduce(run, model);
            return train(run, record, trainer, train, validation, sets);
        } catch (NarwhalException | OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new RunFault(run.path(), e);
        }
    }

    private void introduce(RunFolder run, Model model) {
        lines.say(settings.training().model() + ": " + model.parameters().stream()
                .mapToLong(p -> p.value().shape().size()).sum() + " parameters on pictures of " + model.input() + ", "
                + settings.machine().threads() + " threads, seed " + settings.training().seed());
        lines.say("Run folder: " + run.path());
    }

    private int train(RunFolder run, RunRecord record, Trainer trainer, Batches train, Batches validation, Sets sets) {
        signals.beginTraining();
        var history = trainer.fit(train, fit(run, record, trainer, validation));
        if (signals.isReceived()) {
            lines.warn("Stopped. Go on with: narwhal train --resume " + run.path());
            return signals.exitCode();
        }
        record.trained(history, trainer.model());
        signals.endTraining();
        RunRecord.best(history).ifPresent(best -> lines.say("Best: epoch " + best.number() + ", " + metrics(best)));
        sets.test().ifPresent(set -> {
            var test = test(run, trainer, set, Preparation.of(train.dataset().recipe().orElseThrow()));
            record.tested(test);
            lines.say("Test, with the best epoch's weights: " + Evaluations.line(test));
        });
        verdict(run);
        lines.say("Run folder: " + run.path());
        return 0;
    }

    /// What the doctor says of the run: one line, or its report where it found something. What it cannot read harms no run.
    private void verdict(RunFolder run) {
        try {
            var diagnosis = Doctor.standard().examine(Logs.read(run.path()), Facts.NONE);
            var report = new TextReport(false, false);
            lines.say("Doctor: " + report.line(diagnosis));
            if (!diagnosis.raised().isEmpty()) report.write(diagnosis).lines().forEach(lines::say);
        } catch (NarwhalException e) {
            lines.warn("The doctor could not examine the run: " + e.getMessage());
        }
    }

    private Fit fit(RunFolder run, RunRecord record, Trainer trainer, Batches validation) {
        var training = settings.training();
        var callbacks = new ArrayList<>(settings.callbacks().callbacks(run.path(), KerasFiles.checkpoints(trainer)));
        callbacks.add(Progress.of(console, settings.verbose(), lines::log));
        var fit = Fit.epochs(training.epochs()).validation(validation).callbacks(callbacks)
                .loaders(settings.machine().loaders()).runFolder(run).interrupted(signals::isReceived);
        if (settings.pictures().skipBadImages()) {
            fit = fit.goingOnWithout(lost -> {
                lines.warn("Going on without " + lost.getMessage());
                record.goesOnWithout(lost.getMessage());
            });
        }
        if (training.stepsPerEpoch().isPresent()) fit = fit.stepsPerEpoch(training.stepsPerEpoch().get());
        if (training.validationSteps().isPresent()) fit = fit.validationSteps(training.validationSteps().get());
        if (settings.checkpointEvery().isPresent()) fit = fit.checkpointEvery(settings.checkpointEvery().get());
        return fit;
    }

    /// Scores the test set with the best checkpoint.
    private Evaluation test(RunFolder run, Trainer trainer, PictureSet set, Preparation prepared) {
        var best = run.best().map(file -> ModelFile.load(file, trainer.model().engine()).model())
                .orElse(trainer.model());
        var batches = Batches.of(set.dataset(prepared.cacheBytes(0)),
                Math.min(settings.training().batchSize(), set.size()));
        return settings.trainer(best, set.classNames().size()).evaluate(batches);
    }

    private static String metrics(Epoch epoch) {
        return epoch.metrics().entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %.4f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static void keepBad(RunFolder run, Sets sets) {
        var bad = sets.bad();
        if (bad.isEmpty()) return;
        Disk.real().replace(run.path().resolve("bad-images.txt"),
                (String.join("\n", bad) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
