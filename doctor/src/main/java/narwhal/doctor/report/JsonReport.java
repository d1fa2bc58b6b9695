package narwhal.doctor.report;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import narwhal.doctor.Diagnosis;
import narwhal.doctor.Finding;
import narwhal.doctor.HonestFigure;
import narwhal.doctor.Known;
import narwhal.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// A diagnosis as one JSON object. Keys may be added later; those that are there stay. Numbers that are not finite are null.
public final class JsonReport {
    private JsonReport() {
    }

    /// The object on one line, without a line end.
    public static String write(Diagnosis diagnosis) {
        var root = Json.object();
        var findings = root.putArray("findings");
        for (var finding : diagnosis.findings()) write(finding, findings.addObject());
        var honest = root.putObject("honest");
        diagnosis.honest().ifPresent(figure -> write(figure, honest));
        write(diagnosis.subject(), root.putObject("log"));
        return text(root);
    }

    /// What stands for a log that cannot be read.
    public static String error(String message) {
        var root = Json.object();
        root.putArray("findings");
        root.putObject("honest");
        root.putObject("log");
        root.put("error", message);
        return text(root);
    }

    private static String text(ObjectNode root) {
        return new String(Json.bytes(root), StandardCharsets.UTF_8);
    }

    private static void write(Finding finding, ObjectNode node) {
        node.put("id", finding.id()).put("severity", finding.severity().word());
        put(node, "confidence", Math.min(0.999, finding.confidence()), 1e3);
        node.put("title", finding.title());
        var evidence = node.putArray("evidence");
        finding.evidence().forEach(piece -> evidence.add(piece.origin() + ": " + piece.text()));
        var consequences = node.putArray("consequences");
        finding.consequences().forEach(consequences::add);
        node.put("remedy", finding.remedy()).put("confirm", finding.confirm());
    }

    private static void write(HonestFigure figure, ObjectNode node) {
        node.put("metric", figure.metric());
        put(node, "value", figure.value(), 1e4);
        put(node, "low", figure.low(), 1e4);
        put(node, "high", figure.high(), 1e4);
        node.putArray("epochs").add(figure.firstEpoch()).add(figure.lastEpoch());
        var curve = node.putArray("curve");
        for (var point : figure.curve()) {
            var entry = curve.addObject();
            entry.putArray("epochs").add(point.firstEpoch()).add(point.lastEpoch());
            put(entry, "accuracy", point.accuracy(), 1e4);
            point.loss().ifPresent(loss -> put(entry, "loss", loss, 1e4));
        }
    }

    private static void write(Diagnosis.Subject subject, ObjectNode node) {
        node.put("format", subject.format().name()).put("epochs", subject.epochs()).put("runs", subject.runs());
        put(node, "trainingImages", subject.trainingImages());
        put(node, "validationImages", subject.validationImages());
        put(node, "classes", subject.classes());
        if (subject.decimals() > 0) node.put("decimals", subject.decimals());
        else
            node.putNull("decimals");
        node.put("ignoredLines", subject.leftovers().count());
        var facts = node.putArray("ignoredFacts");
        subject.ignoredFacts().forEach(facts::add);
        var notExamined = node.putArray("notExamined");
        subject.notExamined().forEach(notExamined::add);
    }

    private static void put(ObjectNode node, String key, Optional<Known> value) {
        if (value.isPresent()) node.put(key, value.get().value());
        else
            node.putNull(key);
    }

    private static void put(ObjectNode node, String key, double value, double grain) {
        if (Double.isFinite(value)) node.put(key, Math.abs(value) < 1e12 ? Math.rint(value * grain) / grain : value);
        else
            node.putNull(key);
    }
}
