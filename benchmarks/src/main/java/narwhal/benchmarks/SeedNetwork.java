package narwhal.benchmarks;

import static narwhal.layers.Layers.conv2d;
import static narwhal.layers.Layers.dense;
import static narwhal.layers.Layers.dropout;
import static narwhal.layers.Layers.flatten;
import static narwhal.layers.Layers.maxPooling2d;
import static narwhal.layers.Layers.relu;
import static narwhal.layers.Layers.sequential;
import static narwhal.layers.Layers.sigmoid;

import narwhal.engine.Engine;
import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.layers.Layer;
import narwhal.models.Model;

/// The network of the races: seven blocks of two 7×7 convolutions, ReLU, pooling and dropout, then three dense layers;
/// 2,893,729 parameters at 128×128×3.
final class SeedNetwork {
    private SeedNetwork() {
    }

    static Model model(Engine engine, int height, int width) {
        var network = sequential(block(32, 0.5), block(32, 0.6), block(32, 0.6), block(64, 0.6), block(64, 0.6),
                block(64, 0.6), block(128, 0.6), flatten(), dense(512), relu(), dense(512), relu(), dense(1),
                sigmoid());
        return Model.of(network, Shape.of(height, width, 3), 1, engine);
    }

    private static Layer block(int filters, double rate) {
        return sequential(conv2d(filters, 7).padding(Padding.SAME), conv2d(filters, 7).padding(Padding.SAME), relu(),
                maxPooling2d(2), dropout(rate));
    }
}
