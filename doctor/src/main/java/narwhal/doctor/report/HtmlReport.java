package narwhal.doctor.report;

import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Diagnosis;
import narwhal.doctor.Evidence;
import narwhal.doctor.Finding;
import narwhal.doctor.HonestFigure;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;

/// A diagnosis as one page that needs nothing beside itself: curves, the windows that were scored, the evidence. No script, no
/// network.
final class HtmlReport {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --rule: #d9dee5; --paper: #ffffff;
              --train: #6b7a90; --val: #d9822b; --honest: #1f7a5c; --error: #b3261e; --warning: #9a6700; --info: #3b6ea8; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5; --rule: #36404d;
              --paper: #14191f; --train: #8f9fb5; --val: #f0a04b; --honest: #4cc29a; --error: #ff8a80;
              --warning: #f2c14e; --info: #8ab8ee; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--paper);
              color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
            h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
            h3 { font-size: 1rem; margin: 1.1rem 0 .3rem; } p { margin: .3rem 0; } .soft, figcaption { color: var(--soft); }
            figure { margin: 1rem 0; } figcaption { font-size: .9rem; } svg { width: 100%; height: auto; display: block; }
            .finding { border-left: 4px solid var(--rule); padding: .1rem 0 .3rem 1rem; margin: 1.5rem 0; }
            .finding.error { border-color: var(--error); } .finding.warning { border-color: var(--warning); }
            .badge { font-size: .8rem; font-weight: 700; letter-spacing: .04em; text-transform: uppercase; }
            .badge.error { color: var(--error); } .badge.warning { color: var(--warning); } .badge.info { color: var(--info); }
            table { border-collapse: collapse; width: 100%; } td, th { padding: .35rem .6rem .35rem 0; vertical-align: top;
              border-top: 1px solid var(--rule); text-align: left; } th { font-weight: 600; white-space: nowrap; width: 6rem; }
            pre { background: color-mix(in srgb, var(--rule) 45%, transparent); padding: .7rem .9rem; border-radius: 6px;
              overflow-x: auto; margin: .3rem 0; font: .9rem/1.45 ui-monospace, monospace; white-space: pre-wrap;
              overflow-wrap: anywhere; }
            .finding h2 { margin-top: .3rem; }
            ul { margin: .3rem 0; padding-left: 1.2rem; } li { margin: .2rem 0; }
            .grid { stroke: var(--rule); stroke-width: 1; } .tick { fill: var(--soft); font: 12px system-ui, sans-serif; }
            .line { fill: none; stroke-width: 1.6; vector-effect: non-scaling-stroke; } .line.training { stroke: var(--train); }
            .line.validation { stroke: var(--val); stroke-width: 1.3; } .line.honest { stroke: var(--honest); stroke-width: 2.6; }
            .dot.validation { fill: var(--val); } .dot.training { fill: var(--train); } .dot.honest { fill: var(--honest); }
            .label { font: 600 13px system-ui, sans-serif; } .label.training { fill: var(--train); }
            .label.validation { fill: var(--val); } .label.honest { fill: var(--honest); }
            .seen { fill: var(--val); } .unseen { fill: color-mix(in srgb, var(--rule) 60%, transparent); }
            details { margin: .4rem 0; } .key { display: none; font-weight: 600; }
            .key.training { color: var(--train); } .key.validation { color: var(--val); } .key.honest { color: var(--honest); }
            @media (max-width: 40rem) { figure { overflow: hidden; margin: 1rem -1.25rem; padding-left: 1.25rem; }
              svg { width: 113%; overflow: visible; } figcaption { padding-right: 1.25rem; } .tick { font-size: 23px; }
              .dot { r: 4.5px; } .label, .beside { display: none; } .key { display: inline; } th { width: 5rem; } pre { font-size: .78rem; } }
            """;

    private HtmlReport() {
    }

    static String write(Diagnosis diagnosis) {
        var run = diagnosis.cases().getFirst();
        var page = new Markup().raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head")
                .empty("meta", "charset", "utf-8")
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "http-equiv", "Content-Security-Policy", "content",
                        "default-src 'none'; style-src 'unsafe-inline'")
                .element("title", "Training doctor: " + headline(diagnosis)).open("style").raw(STYLE).close("style")
                .close("head").open("body");
        page.element("h1", headline(diagnosis));
        page.element("p", subject(diagnosis), "class", "soft");
        diagnosis.honest().ifPresent(figure -> page.element("p", honest(figure)));
        charts(page, run);
        for (var finding : diagnosis.raised()) finding(page, finding);
        var infos = diagnosis.findings().stream().filter(f -> f.severity() == Severity.INFO).toList();
        if (!infos.isEmpty()) {
            page.element("h2", "Also worth knowing");
            for (var info : infos) info(page, info);
        }
        list(page, "Rejected explanations", diagnosis.rejected());
        list(page, "Not examined", diagnosis.subject().notExamined());
        list(page, "Statements not understood", diagnosis.subject().ignoredFacts());
        if (!diagnosis.working().isEmpty()) {
            page.open("details").element("summary", "Working").element("pre", String.join("\n", diagnosis.working()))
                    .close("details");
        }
        return page.close("body").close("html").raw("\n").toString();
    }

    private static String headline(Diagnosis diagnosis) {
        return diagnosis.raised().stream().findFirst().map(Finding::title)
                .or(() -> diagnosis.findings().stream().findFirst().map(Finding::title))
                .orElse("The log does not tell whether something is wrong");
    }

    private static String subject(Diagnosis diagnosis) {
        var subject = diagnosis.subject();
        var text = new StringBuilder(Say.format("%d epochs", subject.epochs()));
        if (subject.runs() > 1) text.append(Say.format(", the longest of %d runs", subject.runs()));
        subject.trainingImages().ifPresent(n -> text.append(Say.format(", %d training images", n.value())));
        subject.validationImages().ifPresent(n -> text.append(Say.format(", %d validation images", n.value())));
        subject.classes().ifPresent(n -> text.append(Say.format(", %d classes", n.value())));
        return text.append(" · ").append(subject.format().name()).toString();
    }

    private static String honest(HonestFigure figure) {
        return Say.format("%s: validation %s %s%s, %s.",
                figure.mended() ? "Over the whole set" : "As printed", figure.metric(), Say.value(figure.value()),
                figure.band().isEmpty() ? "" : " (" + figure.band() + ")",
                Say.epochs(figure.firstEpoch(), figure.lastEpoch()));
    }

    private static void charts(Markup page, Case run) {
        var honest = run.scoring().honest();
        figure(page, "Accuracy", run.accuracy(), run.rawValidationAccuracy(),
                honest.isPresent() ? run.scoring().honestAccuracy() : Curve.NONE);
        var verdict = run.scoring().verdict();
        if (verdict.isPresent() && verdict.get().partial()) {
            page.open("figure").add(WindowStrip.svg(run, verdict.get().best().loop())).element("figcaption",
                    "Which part of the validation list each epoch scored, as the printed digits demand; grey was not looked at.")
                    .close("figure");
        }
        figure(page, "Loss", run.loss(), run.rawValidationLoss(),
                honest.isPresent() ? run.scoring().honestLoss() : Curve.NONE);
    }

    private static void figure(Markup page, String name, Curve training, Curve validation, Curve honest) {
        if (training.isEmpty() && validation.isEmpty()) return;
        int first = Math.min(training.isEmpty() ? Integer.MAX_VALUE : training.epoch(0),
                validation.isEmpty() ? Integer.MAX_VALUE : validation.epoch(0));
        int last = Math.max(training.isEmpty() ? 0 : training.epoch(training.size() - 1),
                validation.isEmpty() ? 0 : validation.epoch(validation.size() - 1));
        var chart = new Chart(first, last).line("training", "training", training, false)
                .line("validation", "validation", validation, true).line("whole set", "honest", honest, false);
        page.open("figure").add(chart.svg(name + " over epochs")).open("figcaption").text(name
                + (honest.isEmpty()
                        ? " by epoch, as printed."
                        : " by epoch: as printed, and what the whole validation set would have shown."));
        chart.key(page);
        page.close("figcaption").close("figure");
    }

    private static void finding(Markup page, Finding finding) {
        page.open("section", "class", "finding " + finding.severity().word());
        badge(page, finding);
        page.element("h2", finding.title());
        page.element("h3", "How we know").open("table");
        for (Evidence evidence : finding.evidence()) {
            page.open("tr").element("th", evidence.origin()).element("td", evidence.text()).close("tr");
        }
        page.close("table");
        if (!finding.consequences().isEmpty()) {
            page.element("h3", "What follows").open("ul");
            finding.consequences().forEach(line -> page.element("li", line));
            page.close("ul");
        }
        page.element("h3", "What to do").element("pre", finding.remedy());
        page.element("h3", "To confirm").element("pre", finding.confirm()).close("section");
    }

    private static void badge(Markup page, Finding finding) {
        page.open("p").element("span", finding.severity().word(), "class", "badge " + finding.severity().word())
                .text(" ").element("span", Say.format("%s · confidence %s", finding.id(),
                        Say.percent(Math.min(0.999, Math.floor(finding.confidence() * 1000) / 1000))), "class", "soft")
                .close("p");
    }

    private static void info(Markup page, Finding finding) {
        page.open("details").open("summary").element("span", "info", "class", "badge info")
                .text(" " + finding.title() + " ")
                .element("span", "(" + finding.id() + ")", "class", "soft").close("summary").open("ul");
        for (var evidence : finding.evidence()) page.element("li", evidence.origin() + ": " + evidence.text());
        page.element("li", "To do: " + finding.remedy());
        page.element("li", "To confirm: " + finding.confirm()).close("ul").close("details");
    }

    private static void list(Markup page, String title, java.util.List<String> lines) {
        if (lines.isEmpty()) return;
        page.element("h2", title).open("ul");
        lines.forEach(line -> page.element("li", line));
        page.close("ul");
    }
}
