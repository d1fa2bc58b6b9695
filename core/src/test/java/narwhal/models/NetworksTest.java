package narwhal.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import narwhal.engine.Engine;
import narwhal.engine.Shape;
import org.junit.jupiter.api.Test;

class NetworksTest {
    /// Expected: the parameters of each layer as Keras 2.2.4 and 3.15.1 count them for the question's script.
    @Test
    void theSeedHasKerasParameters() {
        try (var engine = Engine.cpu(1)) {
            var model = Model.of(Networks.named("seed", 2), Shape.of(128, 128, 3), 1, engine);
            var counts = model.layers().stream().filter(layer -> !layer.parameters().isEmpty())
                    .map(layer -> layer.parameters().stream().mapToInt(p -> p.value().shape().size()).sum()).toList();
            assertThat(counts).containsExactly(4_736, 50_208, 50_208, 50_208, 50_208, 50_208, 100_416, 200_768, 200_768,
                    200_768, 200_768, 200_768, 401_536, 802_944, 66_048, 262_656, 513);
            assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2_893_729);
            assertThat(model.layers()).as("42 layers").hasSize(42);
        }
    }

    @Test
    void everyNetworkTellsTwoAndMoreClassesApart() {
        assertThat(Networks.names()).startsWith("small").contains("tiny", "linear", "seed");
        for (var name : Networks.names()) {
            for (int channels : new int[]{1, 3}) {
                var input = Shape.of(128, 128, channels);
                assertThat(Networks.named(name, 2).outputShape(input)).as(name).isEqualTo(Shape.of(1));
                assertThat(Networks.named(name, 5).outputShape(input)).as(name).isEqualTo(Shape.of(5));
            }
        }
        assertThatThrownBy(() -> Networks.named("smal", 2)).hasMessageStartingWith(
                "E-USAGE-VALUE no network is called 'smal', expected one of [small, tiny, linear, seed]");
    }
}
