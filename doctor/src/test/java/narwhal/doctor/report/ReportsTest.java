package narwhal.doctor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.json.Json;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/// Oracles: the form of the answer as the specification lays it down, and the JDK's own XML parser for the page.
class ReportsTest {
    private static final Path HISTORIES = Path.of("src/test/resources/narwhal/doctor/histories/made");

    private static byte[] history(String name) throws IOException {
        return Files.readAllBytes(HISTORIES.resolve(name));
    }

    private static Consultation.Answer answer(Consultation.Format format, String name, String facts)
            throws IOException {
        return Consultation.standard().format(format).answer(history(name), name, facts);
    }

    @Test
    void jsonHasTheKeysThatProgramsRelyOn() throws IOException {
        var answer = answer(Consultation.Format.JSON, "rotating-validation/yes-halves-1.log", "");
        assertThat(answer.exitCode()).isEqualTo(5);
        var root = Json.parseObject(answer.text().strip().getBytes(StandardCharsets.UTF_8), Problem.INTERNAL, "answer");
        assertThat(root.propertyNames()).containsExactly("findings", "honest", "log");
        var first = root.get("findings").get(0);
        assertThat(first.propertyNames()).containsExactly("id", "severity", "confidence", "title", "evidence",
                "consequences",
                "remedy", "confirm");
        assertThat(first.get("id").stringValue()).isEqualTo("rotating-validation");
        assertThat(first.get("severity").stringValue()).isEqualTo("error");
        assertThat(first.get("confidence").doubleValue()).isBetween(0.75, 1.0);
        for (var line : first.get("evidence")) {
            assertThat(line.stringValue()).matches("(?s)(printed|stated|computed|inferred): .+");
        }
        assertThat(root.get("honest").propertyNames()).containsExactly("metric", "value", "low", "high", "epochs",
                "curve");
        assertThat(root.get("honest").get("curve").get(0).propertyNames()).containsExactly("epochs", "accuracy",
                "loss");
        assertThat(root.get("log").propertyNames()).contains("format", "epochs", "runs", "trainingImages",
                "validationImages",
                "classes", "decimals", "ignoredLines", "ignoredFacts", "notExamined");
    }

    @Test
    void aHealthyRunSaysSo() throws IOException {
        var json = answer(Consultation.Format.JSON, "healthy/yes-1.log", "");
        assertThat(json.exitCode()).isZero();
        assertThat(json.text()).startsWith("{\"findings\":[{\"id\":\"healthy\",\"severity\":\"info\"");
        assertThat(answer(Consultation.Format.TEXT, "healthy/yes-1.log", "").text()).contains("\nOK  ");
    }

    @Test
    void notANumberNeverAppearsInJson() throws IOException {
        for (var name : List.of("not-a-number/yes-from-start.log", "not-a-number/yes-infinite.log",
                "no-validation/yes-0.log")) {
            var text = answer(Consultation.Format.JSON, name, "").text();
            assertThat(text).doesNotContain(":NaN").doesNotContain("\"NaN\"").doesNotContain("Infinity");
        }
    }

    @Test
    void whatIsNoLogIsAnsweredInJsonAndThrownOtherwise() {
        var bytes = "It was a dark and stormy night.\n".getBytes(StandardCharsets.UTF_8);
        var answer = Consultation.standard().format(Consultation.Format.JSON).answer(bytes, "novel.txt", "");
        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.text()).startsWith("{\"findings\":[],\"honest\":{},\"log\":{},\"error\":\"");
        assertThatThrownBy(() -> Consultation.standard().answer(bytes, "novel.txt", ""))
                .isInstanceOf(NarwhalException.class);
    }

    @Test
    void everyTextFitsOneScreen() throws IOException {
        try (var files = Files.walk(HISTORIES)) {
            for (var file : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
                var text = Consultation.standard().answer(Files.readAllBytes(file), "log", "").text();
                assertThat(text.lines().count()).as(file.toString()).isLessThanOrEqualTo(40);
                assertThat(text.lines()).as(file.toString())
                        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
            }
        }
    }

    @Test
    void thePageIsWellFormedNeedsNothingAndTrustsNobody() throws Exception {
        var log = new String(history("rotating-validation/yes-halves-1.log"), StandardCharsets.UTF_8);
        var facts = "group-key: <script>alert('x')</script> & \"quotes\"\nmystery <img src=x onerror=alert(1)>\n";
        var page = Consultation.standard().format(Consultation.Format.HTML)
                .answer(log.getBytes(StandardCharsets.UTF_8), "log",
                        facts)
                .text();
        assertThat(page).doesNotContain("<script").doesNotContain("<img").doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("url(");
        assertThat(page).contains("<polyline", "class=\"seen\"", "rotating-validation", "&lt;script&gt;");
        var factory = DocumentBuilderFactory.newInstance();
        factory.newDocumentBuilder().parse(new InputSource(new StringReader(page.substring(page.indexOf("<html")))));
    }

    @Test
    void theVerboseTextShowsTheWorking() throws IOException {
        var text = Consultation.standard().verbose(true)
                .answer(history("rotating-validation/yes-halves-1.log"), "log", "").text();
        assertThat(text).contains("Working", "evaluation 1: batches from 0");
    }

    @Test
    void failOnDecidesTheExitCode() throws IOException {
        var log = history("overfitting/yes-0.log");
        assertThat(Consultation.standard().answer(log, "log", "").exitCode()).isEqualTo(5);
        assertThat(Consultation.standard().failOn(narwhal.doctor.Severity.ERROR).answer(log, "log", "").exitCode())
                .isZero();
        assertThat(Consultation.standard().neverFail().answer(log, "log", "").exitCode()).isZero();
    }
}
