package narwhal.cli;

import static narwhal.layers.Layers.batchNormalization;
import static narwhal.layers.Layers.conv2d;
import static narwhal.layers.Layers.dense;
import static narwhal.layers.Layers.globalAveragePooling2d;
import static narwhal.layers.Layers.relu;
import static narwhal.layers.Layers.sequential;
import static narwhal.layers.Layers.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.layers.Layer;
import narwhal.models.Model;
import org.junit.jupiter.api.Test;

/// The oracle is Keras 3.15.1; `keras_summary.py` beside the tables wrote them.
class SummaryTableTest {
    private static final Layer OTHER = sequential(conv2d(8, 3), batchNormalization(), relu(), globalAveragePooling2d(),
            dense(3), softmax());

    @Test
    void theSeedsNetworkLooksAsInKeras() throws IOException {
        var outcome = Outcome.of("summary", "--model", "seed", "--image-size", "128x128");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("Total params: 2,893,729 (11.04 MB)");
        assertThat(table(NetworkNames.network("seed", 2), Shape.of(128, 128, 3), 120))
                .isEqualTo(golden("summary-seed.txt"));
    }

    @Test
    void longNamesWrapAsInKeras() throws IOException {
        assertThat(table(OTHER, Shape.of(24, 32, 1), 120)).isEqualTo(golden("summary-normalized.txt"));
    }

    @Test
    void aNarrowTerminalGetsTheTableOfKeras() throws IOException {
        assertThat(table(OTHER, Shape.of(24, 32, 1), 80)).isEqualTo(golden("summary-narrow.txt"));
    }

    private static String table(Layer network, Shape input, int columns) {
        try (var engine = Engine.cpu(1)) {
            return String.join("\n", new SummaryTable(columns).of(Model.of(network, input, 0, engine))) + "\n";
        }
    }

    private static String golden(String name) throws IOException {
        try (var in = SummaryTableTest.class.getResourceAsStream(name)) {
            if (in == null) throw new AssertionError("no resource " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
