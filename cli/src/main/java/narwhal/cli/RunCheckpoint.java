package narwhal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import narwhal.disk.Container;
import narwhal.keras.KerasFiles;
import narwhal.keras.KerasModel;
import narwhal.models.Model;
import narwhal.training.RunFolder;

/// A checkpoint where its training left it. What the optimizer remembers is in the checkpoint, which optimizer it is stands in
/// the `run.json` of the run folder.
final class RunCheckpoint {
    private RunCheckpoint() {
    }

    /// The checkpoint's model with its training.
    ///
    /// @param file a container of Narwhal's
    /// @param model with its weights
    /// @return empty for a model without a training, or outside of a run folder
    /// @throws narwhal.errors.NarwhalException `CKPT_OTHER_MODEL` if the run had another optimizer, `CKPT_DAMAGED`
    static Optional<KerasModel> of(Path file, Model model, Console console) {
        var checkpoint = Container.read(file);
        if (!checkpoint.state().has("step")) return Optional.empty();
        return runOf(file).map(run -> {
            var settings = RunFolder.settingsOf(run).path("settings");
            var trainer = TrainCommand.recorded(settings, run, console, Signals.none()).trainer(model,
                    Math.max(2, model.output().last()));
            var kept = KerasFiles.of(trainer, checkpoint, file);
            // Said here and in one line, not by whoever goes on from the converted file.
            kept.compiled().flatMap(compiled -> compiled.state()).ifPresent(state -> state
                    .restore(trainer.optimizer().start(model.engine(), model.trainable()), model.engine()));
            return kept;
        });
    }

    /// Checkpoints lie in the folder of their run, or in a folder of it.
    private static Optional<Path> runOf(Path file) {
        return Stream.iterate(file.toAbsolutePath().getParent(), folder -> folder != null, Path::getParent).limit(2)
                .filter(folder -> Files.isRegularFile(folder.resolve("run.json"))).findFirst();
    }
}
