package narwhal.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import narwhal.engine.Engine;
import narwhal.errors.Problem;
import narwhal.json.Json;
import narwhal.python.Python;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Oracle: networks that people fetch from `keras.applications`, saved by the real Keras with what they predict.
class ApplicationsTest {
    @TempDir
    Path folder;

    @Test
    void readsMobileNetV3() throws IOException {
        predict("MobileNetV3Small");
    }

    @Test
    @Tag("slow")
    void readsTheOthers() throws IOException {
        predict("ResNet50", "MobileNetV2", "EfficientNetB0", "DenseNet121", "InceptionV3", "Xception");
    }

    private void predict(String... names) throws IOException {
        Python.assume();
        var arguments = new Object[names.length + 1];
        arguments[0] = folder;
        System.arraycopy(names, 0, arguments, 1, names.length);
        Python.run(ApplicationsTest.class, "applications.py", arguments);
        try (var engine = Engine.cpu(2)) {
            for (var name : names) {
                var file = Files.readAllBytes(folder.resolve(name + ".case"));
                var golden = Json.parseObject(file, Problem.INTERNAL, name);
                var loaded = KerasFiles.read(folder.resolve(name + ".keras"), engine);
                assertThat(loaded.notes()).as(name).isEmpty();
                try (var scope = engine.scope()) {
                    var model = loaded.model();
                    var ours = model.predict(engine.of(model.input().batch(2), floats(golden.path("x"))));
                    var theirs = floats(golden.path("predictions"));
                    assertThat(ours).as(name).hasSameSizeAs(theirs);
                    for (int i = 0; i < ours.length; i++)
                        assertThat(ours[i]).as(name + " prediction " + i).isCloseTo(theirs[i], within(1e-5f));
                }
            }
        }
    }

    private static float[] floats(JsonNode array) {
        var floats = new float[array.size()];
        for (int i = 0; i < floats.length; i++) floats[i] = (float) array.get(i).doubleValue();
        return floats;
    }
}
