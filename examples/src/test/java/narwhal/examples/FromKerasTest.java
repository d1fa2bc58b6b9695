package narwhal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import narwhal.data.PictureSource;
import narwhal.data.synth.OrcaSynth;
import narwhal.data.synth.OrcaSynth.Part;
import narwhal.data.synth.PictureFolders;
import narwhal.engine.Engine;
import narwhal.keras.KerasFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the page shows is what is compiled, and it runs.
class FromKerasTest {
    private static final int SIDE = 16;

    @TempDir
    Path folder;

    @Test
    void thePageShowsThisCode() throws IOException {
        var pieces = pieces(
                Files.readAllLines(Path.of("src", "main", "java", "narwhal", "examples", "FromKeras.java")));
        var shown = blocks(Files.readAllLines(Path.of("..", "docs", "keras-to-java.md")));

        assertThat(pieces).hasSize(5);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(pieces);
    }

    /// The lines between two marks, without their common indentation.
    private static List<String> pieces(List<String> lines) {
        var pieces = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).strip().matches("// \\[(?!end).*]")) continue;
            var piece = new StringBuilder();
            while (!lines.get(++i).strip().equals("// [end]")) piece.append(lines.get(i)).append('\n');
            pieces.add(piece.toString().stripTrailing().stripIndent() + "\n");
        }
        return pieces;
    }

    private static List<String> blocks(List<String> lines) {
        var blocks = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).equals("```java")) continue;
            var block = new StringBuilder();
            while (!lines.get(++i).equals("```")) block.append(lines.get(i)).append('\n');
            blocks.add(block.toString());
        }
        return blocks;
    }

    @Test
    void thePiecesTrainSaveAndGoOn() {
        Map<String, PictureSource> parts = new LinkedHashMap<>();
        parts.put("train", new Few(OrcaSynth.standard().part(Part.TRAIN), 60));
        PictureFolders.write(parts, folder.resolve("data"));
        var train = FromKeras.pictures(folder.resolve("data").resolve("train"), SIDE);

        for (var network : List.of(FromKeras.line(), FromKeras.residual())) {
            var history = FromKeras.training(network, train, train, SIDE, folder);
            assertThat(history.epochs()).hasSize(2);
            assertThat(history.epochs().getLast().metrics()).containsKeys("loss", "accuracy", "f1_score", "val_loss");
        }
        var first = folder.resolve("best-01.keras");
        var better = folder.resolve("better.h5");
        assertThat(FromKeras.goOn(first, train, better).epochs()).hasSize(1);
        try (var engine = Engine.cpu(1)) {
            var before = KerasFiles.read(first, engine).model();
            var after = KerasFiles.read(better, engine).model();
            assertThat(after.weightsSha256()).isNotEqualTo(before.weightsSha256());
        }
    }
}
