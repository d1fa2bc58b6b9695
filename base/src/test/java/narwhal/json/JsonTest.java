package narwhal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonTest {
    private static JsonNode parse(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8), Problem.MODEL_DAMAGED, Problem.MODEL_LIMIT,
                "config.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\":1,\"a\":2}", "{} {}", "NaN", "[Infinity]", "{'a':1}", "[1,]",
        "//x\n1",
        "01", "\"\u0001\""})
    void onlyStrictJsonIsRead(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(NarwhalException.class)
                .hasMessageStartingWith("E-MODEL-DAMAGED config.json: ");
    }

    @Test
    void limitsAreKept() {
        assertThat(parse("[".repeat(190) + "]".repeat(190))).isNotNull();
        assertThat(parse("\"" + "x".repeat(1_000_000) + "\"").stringValue()).hasSize(1_000_000);
        for (var text : new String[]{"[".repeat(201) + "]".repeat(201), "\"" + "x".repeat(1_100_000) + "\"",
            "1".repeat(41), "[1." + "0".repeat(50) + "]", "{\"" + "k".repeat(1_200) + "\":1}",
            " ".repeat(17_000_000)})
            assertThatThrownBy(() -> parse(text)).as(text.substring(0, 5)).isInstanceOf(NarwhalException.class)
                    .hasMessageStartingWith("E-MODEL-LIMIT config.json: ");
    }

    @Test
    void brokenUtf8IsRefused() {
        assertThatThrownBy(() -> Json.parse(new byte[]{'"', (byte) 0xC3, '"'}, Problem.MODEL_DAMAGED, "x"))
                .hasMessageContaining("not valid UTF-8");
        assertThatThrownBy(() -> Json.parse("1".getBytes(StandardCharsets.UTF_16LE), Problem.MODEL_DAMAGED, "x"))
                .isInstanceOf(NarwhalException.class);
    }

    @Test
    void historiesMayHoldWhatIsNotANumber() {
        var tree = Json.parseWithNotANumber("[NaN, Infinity, -Infinity, 1]".getBytes(StandardCharsets.UTF_8),
                Problem.LOG_UNREADABLE, "log");

        assertThat(Json.number(tree.get(0))).isNaN();
        assertThat(Json.number(tree.get(1))).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Json.number(tree.get(2))).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void doublesComeBackToTheLastBit() {
        for (double value : new double[]{0.1, (double) 3e-5f, Double.MIN_VALUE, Double.MAX_VALUE, -0.0, Math.PI,
            Double.NaN,
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            var bytes = Json.bytes(Json.object().put("v", value));
            var back = Json.number(Json.parseObject(bytes, Problem.INTERNAL, "x").get("v"));
            assertThat(Double.doubleToLongBits(back)).isEqualTo(Double.doubleToLongBits(value));
        }
        assertThatThrownBy(() -> Json.number(Json.object())).isInstanceOf(IllegalArgumentException.class);
    }
}
