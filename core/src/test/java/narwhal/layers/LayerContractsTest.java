package narwhal.layers;

import static narwhal.layers.Layers.*;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import narwhal.engine.Interpolation;
import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.layers.Activation.Function;
import narwhal.testing.LayerContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every layer of Narwhal under the contract that users can put to theirs.
class LayerContractsTest {
    private static final Shape PICTURE = Shape.of(5, 4, 3);

    static Stream<LayerContract> layers() {
        return Stream.concat(Arrays.stream(Function.values()).map(f -> LayerContract.of(activation(f), Shape.of(2, 5))),
                Stream.of(
                        LayerContract.of(conv2d(2, 3), PICTURE),
                        LayerContract.of(conv2d(2, 2, 3).padding(Padding.SAME).strides(2, 1).useBias(false), PICTURE),
                        LayerContract.of(conv2d(2, 2).dilationRate(2), PICTURE),
                        LayerContract.of(conv2d(4, 2).groups(2).activation(Function.SILU), Shape.of(3, 3, 4)),
                        LayerContract.of(conv2d(6, 2).groups(3), Shape.of(3, 3, 3)),
                        LayerContract.of(depthwiseConv2d(3).padding(Padding.SAME), PICTURE),
                        LayerContract.of(depthwiseConv2d(2).depthMultiplier(2).strides(2).activation(Function.TANH),
                                PICTURE),
                        LayerContract.of(separableConv2d(3, 2).activation(Function.TANH), PICTURE),
                        LayerContract.of(conv2dTranspose(2, 3).strides(2).padding(Padding.SAME), Shape.of(2, 3, 2)),
                        LayerContract.of(conv2dTranspose(2, 2).strides(3).activation(Function.TANH), Shape.of(2, 2, 2)),
                        LayerContract.of(dense(4), Shape.of(2, 3)),
                        LayerContract.of(dense(4), Shape.of(3)),
                        LayerContract.of(dense(4).useBias(false), Shape.of(3)),
                        LayerContract.of(maxPooling2d(2), PICTURE),
                        LayerContract.of(maxPooling2d(3).strides(1).padding(Padding.SAME), PICTURE),
                        LayerContract.of(averagePooling2d(2), PICTURE),
                        LayerContract.of(averagePooling2d(3).strides(2).padding(Padding.SAME), PICTURE),
                        LayerContract.of(globalAveragePooling2d(), PICTURE),
                        LayerContract.of(globalMaxPooling2d().keepDims(true), PICTURE),
                        LayerContract.of(spatialDropout2d(0.4), PICTURE),
                        LayerContract.of(gaussianNoise(0.3), PICTURE),
                        LayerContract.of(gaussianDropout(0.3), PICTURE),
                        LayerContract.of(reshape(4, -1), PICTURE),
                        LayerContract.of(permute(2, 3, 1), PICTURE),
                        LayerContract.of(zeroPadding2d(1, 0, 2, 1), PICTURE),
                        LayerContract.of(cropping2d(1, 0, 2, 1), PICTURE),
                        LayerContract.of(upSampling2d(2), PICTURE),
                        LayerContract.of(upSampling2d(2, 3).interpolation(Interpolation.BILINEAR), PICTURE),
                        LayerContract.of(batchNormalization().axis(1), PICTURE),
                        LayerContract.of(batchNormalization().scale(false).center(false), PICTURE),
                        LayerContract.of(batchNormalization().frozen(), PICTURE),
                        LayerContract.of(layerNormalization(), PICTURE),
                        LayerContract.of(layerNormalization().axis(1, 3), PICTURE),
                        LayerContract.of(rescaling(2.0).offset(-1.0), PICTURE),
                        LayerContract.of(rescaling(2.0, 1.0, 0.5), PICTURE),
                        LayerContract.of(normalization(0.5, 0.25), PICTURE),
                        LayerContract.of(new Normalization(Optional.empty()), PICTURE),
                        LayerContract.of(reLU().maxValue(0.8).negativeSlope(0.1).threshold(0.02), PICTURE),
                        LayerContract.of(leakyReLU(), PICTURE),
                        LayerContract.of(elu(0.5), PICTURE),
                        LayerContract.of(pReLU().sharedAxes(1, 2), PICTURE),
                        LayerContract.of(softmax(1), PICTURE),
                        LayerContract.of(merged(add()), PICTURE),
                        LayerContract.of(merged(subtract()), PICTURE),
                        LayerContract.of(merged(multiply()), PICTURE),
                        LayerContract.of(merged(average()), PICTURE),
                        LayerContract.of(merged(maximum()), PICTURE),
                        LayerContract.of(merged(minimum()), PICTURE),
                        LayerContract.of(merged(concatenate()), PICTURE),
                        LayerContract.of(excited(), PICTURE),
                        LayerContract.of(conv2d(2, 3).named("mine"), PICTURE),
                        LayerContract.of(dropout(0.4), PICTURE),
                        LayerContract.of(dropout(0.4).noiseShape(1, -1, 3), PICTURE),
                        LayerContract.of(flatten(), PICTURE),
                        LayerContract.of(batchNormalization(), PICTURE),
                        LayerContract.of(sequential(conv2d(2, 3), tanh(), flatten(), dense(2)), PICTURE)));
    }

    /// Two branches of one input, combined.
    private static Graph merged(Layer merge) {
        var x = Graph.input();
        return Graph.of(x, merge.on(tanh().on(x), conv2d(3, 3).padding(Padding.SAME).on(x)));
    }

    /// Squeeze and excitation: channels weighted by a small network that sees their means, and the same kernel used twice.
    private static Graph excited() {
        var x = Graph.input();
        var mix = shared(dense(3).activation(Function.TANH));
        var weights = mix.on(mix.on(globalAveragePooling2d().keepDims(true).on(x)));
        return Graph.of(x, multiply().on(x, weights));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void keepsTheContract(LayerContract contract) {
        contract.check();
    }
}
