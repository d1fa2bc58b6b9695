package narwhal.layers;

import static narwhal.layers.Layers.averagePooling2d;
import static narwhal.layers.Layers.batchNormalization;
import static narwhal.layers.Layers.conv2d;
import static narwhal.layers.Layers.dense;
import static narwhal.layers.Layers.dropout;
import static narwhal.layers.Layers.flatten;
import static narwhal.layers.Layers.globalAveragePooling2d;
import static narwhal.layers.Layers.linear;
import static narwhal.layers.Layers.maxPooling2d;
import static narwhal.layers.Layers.relu;
import static narwhal.layers.Layers.sequential;
import static narwhal.layers.Layers.sigmoid;
import static narwhal.layers.Layers.softmax;
import static narwhal.layers.Layers.tanh;

import java.util.stream.Stream;
import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.testing.LayerContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every layer of Narwhal under the contract that users can put to theirs.
class LayerContractsTest {
    private static final Shape PICTURE = Shape.of(5, 4, 3);

    static Stream<LayerContract> layers() {
        return Stream.of(
                LayerContract.of(conv2d(2, 3), PICTURE),
                LayerContract.of(conv2d(2, 2, 3).padding(Padding.SAME).strides(2, 1).useBias(false), PICTURE),
                LayerContract.of(conv2d(2, 2).dilationRate(2), PICTURE),
                LayerContract.of(dense(4), Shape.of(3)),
                LayerContract.of(dense(4).useBias(false), Shape.of(3)),
                LayerContract.of(maxPooling2d(2), PICTURE),
                LayerContract.of(maxPooling2d(3).strides(1).padding(Padding.SAME), PICTURE),
                LayerContract.of(averagePooling2d(2), PICTURE),
                LayerContract.of(averagePooling2d(3).strides(2).padding(Padding.SAME), PICTURE),
                LayerContract.of(globalAveragePooling2d(), PICTURE),
                LayerContract.of(dropout(0.4), PICTURE),
                LayerContract.of(flatten(), PICTURE),
                LayerContract.of(batchNormalization(), PICTURE),
                LayerContract.of(relu(), PICTURE),
                LayerContract.of(sigmoid(), PICTURE),
                LayerContract.of(tanh(), PICTURE),
                LayerContract.of(softmax(), PICTURE),
                LayerContract.of(linear(), PICTURE),
                LayerContract.of(sequential(conv2d(2, 3), tanh(), flatten(), dense(2)), PICTURE));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void keepsTheContract(LayerContract contract) {
        contract.check();
    }
}
