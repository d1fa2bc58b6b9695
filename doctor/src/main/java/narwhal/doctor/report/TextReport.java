package narwhal.doctor.report;

import java.util.ArrayList;
import java.util.List;
import narwhal.doctor.Diagnosis;
import narwhal.doctor.Evidence;
import narwhal.doctor.Finding;
import narwhal.doctor.HonestFigure;
import narwhal.doctor.Illness;
import narwhal.doctor.Known;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;

/// A diagnosis on one screen: at most 40 lines of 100 columns, unless the working is asked for.
///
/// @param colored whether severities are coloured, for terminals
/// @param verbose whether the arithmetic and the rejected explanations follow
public record TextReport(boolean colored, boolean verbose) {
    private static final int HEIGHT = 40;
    private static final String BODY = "    ";

    /// The report, each line ended.
    public String write(Diagnosis diagnosis) {
        var raised = diagnosis.raised();
        var lines = new ArrayList<String>();
        lines.add(subject(diagnosis.subject()));
        lines.add("");
        for (int i = 0; i < raised.size(); i++) lines.addAll(i == 0 ? full(raised.get(0)) : brief(raised.get(i)));
        if (raised.isEmpty()) lines.addAll(calm(diagnosis));
        var tail = tail(diagnosis, raised.isEmpty());
        int room = HEIGHT - lines.size() - 1;
        if (!verbose && tail.size() > room) tail = tail.subList(0, Math.max(1, room));
        if (!raised.isEmpty()) lines.add("");
        lines.addAll(tail);
        if (verbose) lines.addAll(working(diagnosis));
        if (!verbose && lines.size() > HEIGHT) lines.subList(HEIGHT, lines.size()).clear();
        while (!lines.isEmpty() && lines.getLast().isBlank()) lines.removeLast();
        return String.join("\n", lines) + "\n";
    }

    /// The verdict on one line, as the trainer prints it behind its last epoch.
    public String line(Diagnosis diagnosis) {
        var raised = diagnosis.raised();
        if (raised.isEmpty()) return verdict(diagnosis);
        var chief = raised.getFirst();
        return Lines.cut(head(chief) + "  " + chief.title() + " (" + chief.id() + ", " + sure(chief) + ")");
    }

    private static String subject(Diagnosis.Subject subject) {
        var parts = new ArrayList<String>();
        parts.add(subject.epochs() + (subject.epochs() == 1 ? " epoch" : " epochs"));
        if (subject.runs() > 1) parts.add("the longest of " + subject.runs() + " runs");
        subject.trainingImages().ifPresent(n -> parts.add(n.value() + " training images" + mark(n)));
        subject.validationImages().ifPresent(n -> parts.add(n.value() + " validation images" + mark(n)));
        subject.classes().ifPresent(n -> parts.add(n.value() + " classes" + mark(n)));
        return Lines.cut("Examined: " + String.join(", ", parts) + " (" + subject.format().name() + ")");
    }

    private static String mark(Known known) {
        return known.origin() == Known.Origin.PRINTED
                ? ""
                : " (" + known.origin().name().toLowerCase(java.util.Locale.ROOT)
                        + ")";
    }

    private List<String> full(Finding finding) {
        var lines = new ArrayList<>(title(finding));
        lines.add("");
        lines.add("  How we know");
        for (var evidence : finding.evidence()) lines.addAll(evidence(evidence));
        if (!finding.consequences().isEmpty()) {
            lines.add("  What follows");
            for (var consequence : finding.consequences()) lines.addAll(Lines.wrapped(BODY, BODY + "  ", consequence));
        }
        lines.add("  What to do");
        finding.remedy().lines().forEach(line -> lines.addAll(Lines.wrapped(BODY, BODY + "  ", line)));
        lines.add("  To confirm");
        finding.confirm().lines().forEach(line -> lines.addAll(Lines.wrapped(BODY, BODY + "  ", line)));
        return lines;
    }

    private List<String> brief(Finding finding) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.addAll(title(finding));
        finding.evidence().stream().limit(2).forEach(evidence -> lines.addAll(evidence(evidence)));
        lines.addAll(Lines.wrapped(BODY + "to do     ", BODY + "          ", finding.remedy().replace("\n", "; ")));
        return lines;
    }

    private List<String> title(Finding finding) {
        var plain = Lines.wrapped(head(finding) + "  ", " ".repeat(head(finding).length() + 2),
                finding.title() + " (" + finding.id() + ", " + sure(finding) + ")");
        if (!colored) return plain;
        var lines = new ArrayList<>(plain);
        var color = finding.severity() == Severity.ERROR ? "\u001b[31;1m" : "\u001b[33;1m";
        lines.set(0, color + head(finding) + "\u001b[0m" + lines.getFirst().substring(head(finding).length()));
        return lines;
    }

    private static String head(Finding finding) {
        return switch (finding.severity()) {
            case ERROR -> "ERROR";
            case WARNING -> "WARNING";
            case INFO -> "info";
        };
    }

    /// Never a hundred per cent: nothing is that sure.
    private static String sure(Finding finding) {
        return Say.percent(Math.min(0.999, Math.floor(finding.confidence() * 1000) / 1000));
    }

    private static List<String> evidence(Evidence evidence) {
        var label = Say.format("%s%-9s ", BODY, evidence.origin());
        return Lines.wrapped(label, " ".repeat(label.length()), evidence.text());
    }

    private static String verdict(Diagnosis diagnosis) {
        return diagnosis.findings().stream().filter(finding -> finding.illness() == Illness.HEALTHY).findFirst()
                .map(healthy -> Lines.cut("OK  " + healthy.title() + " (healthy, " + sure(healthy) + ")"))
                .orElse("No finding: the log does not tell whether something is wrong");
    }

    private List<String> calm(Diagnosis diagnosis) {
        var lines = new ArrayList<String>();
        lines.add(verdict(diagnosis));
        diagnosis.findings().stream().filter(finding -> finding.illness() == Illness.HEALTHY)
                .forEach(healthy -> healthy.evidence().forEach(evidence -> lines.addAll(evidence(evidence))));
        lines.add("");
        return lines;
    }

    private static List<String> tail(Diagnosis diagnosis, boolean calm) {
        var lines = new ArrayList<String>();
        diagnosis.honest().ifPresent(figure -> lines.addAll(honest(figure)));
        for (var finding : diagnosis.findings()) {
            if (finding.severity() != Severity.INFO || calm && finding.illness() == Illness.HEALTHY) continue;
            if (diagnosis.raised().stream().anyMatch(cause -> mentions(cause, finding))) continue;
            lines.add(Lines.cut(Say.format("info    %s (%s, %s)", finding.title(), finding.id(), sure(finding))));
        }
        for (var line : diagnosis.subject().notExamined()) lines.add(Lines.cut("not examined  " + line));
        var subject = diagnosis.subject();
        if (!subject.ignoredFacts().isEmpty()) {
            lines.add(Lines.cut(Say.format("not understood  %d %s: %s", subject.ignoredFacts().size(),
                    subject.ignoredFacts().size() == 1 ? "fact" : "facts, first",
                    subject.ignoredFacts().getFirst())));
        }
        return lines;
    }

    /// Whether a finding stands among the consequences of another one already.
    private static boolean mentions(Finding cause, Finding other) {
        return cause.consequences().stream()
                .anyMatch(line -> line.startsWith("explains as well") && line.contains(other.id()));
    }

    private static List<String> honest(HonestFigure figure) {
        var band = figure.band().isEmpty() ? "" : " (" + figure.band() + ")";
        var from = figure.mended()
                ? Say.format("over the whole set, %s", Say.epochs(figure.firstEpoch(), figure.lastEpoch()))
                : Say.epochs(figure.firstEpoch(), figure.lastEpoch());
        return List.of(Lines.cut(Say.format("%s %s %s%s, %s",
                figure.mended() ? "honest  validation" : "result  validation", figure.metric(),
                Say.value(figure.value()), band, from)));
    }

    private static List<String> working(Diagnosis diagnosis) {
        var lines = new ArrayList<String>();
        lines.add("");
        if (!diagnosis.rejected().isEmpty()) {
            lines.add("  Rejected");
            for (var line : diagnosis.rejected()) lines.addAll(Lines.wrapped(BODY, BODY + "  ", line));
        }
        lines.add("  All findings");
        for (var finding : diagnosis.findings()) {
            lines.addAll(Lines.wrapped(BODY, BODY + "  ", Say.format("%s %s %.4f: %s", finding.severity().word(),
                    finding.id(), finding.confidence(), finding.title())));
            for (var evidence : finding.evidence()) {
                lines.addAll(Lines.wrapped(BODY + "    ", BODY + "      ", evidence.origin() + ": " + evidence.text()));
            }
        }
        if (!diagnosis.working().isEmpty()) {
            lines.add("  Working");
            for (var line : diagnosis.working()) lines.addAll(Lines.wrapped(BODY, BODY + "  ", line));
        }
        return lines;
    }
}
