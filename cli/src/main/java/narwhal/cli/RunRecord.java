package narwhal.cli;

import java.util.Optional;
import narwhal.history.Epoch;
import narwhal.history.History;
import narwhal.json.Json;
import narwhal.models.Architecture;
import narwhal.models.Model;
import narwhal.models.ModelFile;
import narwhal.training.Evaluation;
import narwhal.training.RunFolder;
import tools.jackson.databind.node.ObjectNode;

/// What is known about a run, in its `run.json`: settings, versions and data at the start; the weights' digest, the best
/// epoch and the test at the end.
final class RunRecord {
    private final RunFolder folder;
    private final ObjectNode json;

    private RunRecord(RunFolder folder, ObjectNode json) {
        this.folder = folder;
        this.json = json;
    }

    /// The record of a new run; nothing is written yet.
    static RunRecord of(RunFolder folder, TrainCommand command) {
        var json = Json.object().put("narwhal", ModelFile.BUILD).put("command", "train");
        json.set("settings", Settings.of(command.spec()));
        json.put("optimizer", command.optimizer().optimizer().toString());
        json.putObject("machine").put("java", Runtime.version().toString())
                .put("java_vendor", System.getProperty("java.vendor")).put("os", System.getProperty("os.name"))
                .put("architecture", System.getProperty("os.arch"))
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("threads", command.machine().threads())
                .put("heap_bytes", Runtime.getRuntime().maxMemory());
        return new RunRecord(folder, json);
    }

    /// The record of a run that goes on.
    static RunRecord resumed(RunFolder folder, TrainCommand command) {
        var json = folder.settings();
        json.set("settings", Settings.of(command.spec()));
        json.put("resumed", json.path("resumed").asInt(0) + 1);
        return new RunRecord(folder, json);
    }

    /// Before the first step.
    void start(Model model, Sets sets, String trainFingerprint, String validationFingerprint) {
        json.set("network", Architecture.write(model.network()));
        json.put("parameters", model.parameters().stream().mapToLong(p -> p.value().shape().size()).sum());
        var data = json.putObject("data");
        describe(data.putObject("train"), sets.train()).put("fingerprint", trainFingerprint);
        describe(data.putObject("validation"), sets.validation()).put("fingerprint", validationFingerprint);
        sets.test().ifPresent(test -> describe(data.putObject("test"), test));
        var classes = data.putArray("class_names");
        sets.train().classNames().forEach(classes::add);
        if (!json.has("reproducible")) json.put("reproducible", true);
        write();
    }

    private static ObjectNode describe(ObjectNode node, PictureSet set) {
        return node.put("images", set.size()).put("left_out", set.bad().size());
    }

    /// A picture was lost on the way: nobody can repeat this run.
    synchronized void goesOnWithout(String picture) {
        json.put("reproducible", false);
        json.withArray("lost_images").add(picture);
        write();
    }

    /// After the last step.
    synchronized void trained(History history, Model model) {
        json.put("epochs", history.epochs().size());
        best(history).ifPresent(best -> {
            var node = json.putObject("best").put("epoch", best.number());
            best.metrics().forEach(node::put);
            folder.best().ifPresent(file -> node.put("checkpoint", folder.path().toAbsolutePath().relativize(
                    file.toAbsolutePath()).toString()));
        });
        json.put("weights_sha256", model.weightsSha256());
        write();
    }

    /// After the test.
    synchronized void tested(Evaluation test) {
        var node = json.putObject("test");
        test.metrics().forEach(node::put);
        node.put("images", test.audit().images());
        write();
    }

    /// The epoch with the lowest validation loss, or training loss without validation, as the run folder has it.
    static Optional<Epoch> best(History history) {
        Epoch best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (var epoch : history.epochs()) {
            double loss = epoch.metric("val_loss").orElse(epoch.metric("loss").orElse(Double.NaN));
            if (loss < lowest) {
                lowest = loss;
                best = epoch;
            }
        }
        return Optional.ofNullable(best);
    }

    private void write() {
        folder.settings(json);
    }
}
