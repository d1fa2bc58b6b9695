package narwhal.history.facts;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Names of layers, turned into Keras' class names.
final class LayerNames {
    private static final Map<String, String> WORDS = Map.ofEntries(Map.entry("conv2d", "Conv2D"),
            Map.entry("convolution2d", "Conv2D"),
            Map.entry("conv", "Conv2D"), Map.entry("convolution", "Conv2D"), Map.entry("conv1d", "Conv1D"),
            Map.entry("convolution1d", "Conv1D"),
            Map.entry("conv3d", "Conv3D"), Map.entry("separableconv2d", "SeparableConv2D"),
            Map.entry("depthwiseconv2d", "DepthwiseConv2D"),
            Map.entry("conv2dtranspose", "Conv2DTranspose"), Map.entry("dense", "Dense"), Map.entry("fc", "Dense"),
            Map.entry("fully-connected", "Dense"), Map.entry("fullyconnected", "Dense"),
            Map.entry("linear", "Dense"), Map.entry("maxpooling2d", "MaxPooling2D"),
            Map.entry("maxpool2d", "MaxPooling2D"),
            Map.entry("maxpool", "MaxPooling2D"), Map.entry("max-pool", "MaxPooling2D"),
            Map.entry("maxpooling", "MaxPooling2D"),
            Map.entry("pool", "MaxPooling2D"), Map.entry("pooling", "MaxPooling2D"),
            Map.entry("maxpooling1d", "MaxPooling1D"),
            Map.entry("averagepooling2d", "AveragePooling2D"), Map.entry("avgpool2d", "AveragePooling2D"),
            Map.entry("avgpool", "AveragePooling2D"),
            Map.entry("globalaveragepooling2d", "GlobalAveragePooling2D"),
            Map.entry("globalmaxpooling2d", "GlobalMaxPooling2D"),
            Map.entry("adaptiveavgpool2d", "GlobalAveragePooling2D"), Map.entry("gap", "GlobalAveragePooling2D"),
            Map.entry("dropout", "Dropout"),
            Map.entry("dropout2d", "SpatialDropout2D"), Map.entry("spatialdropout2d", "SpatialDropout2D"),
            Map.entry("flatten", "Flatten"),
            Map.entry("batchnormalization", "BatchNormalization"), Map.entry("batchnorm", "BatchNormalization"),
            Map.entry("batchnorm2d", "BatchNormalization"), Map.entry("batchnorm1d", "BatchNormalization"),
            Map.entry("activation", "Activation"),
            Map.entry("lstm", "LSTM"), Map.entry("gru", "GRU"), Map.entry("simplernn", "SimpleRNN"),
            Map.entry("rnn", "SimpleRNN"),
            Map.entry("embedding", "Embedding"), Map.entry("reshape", "Reshape"),
            Map.entry("zeropadding2d", "ZeroPadding2D"),
            Map.entry("layernormalization", "LayerNormalization"), Map.entry("layernorm", "LayerNormalization"),
            Map.entry("rescaling", "Rescaling"),
            Map.entry("input", "Input"), Map.entry("inputlayer", "Input"), Map.entry("upsampling2d", "UpSampling2D"),
            Map.entry("leakyrelu", "LeakyReLU"),
            Map.entry("prelu", "PReLU"), Map.entry("elu", "ELU"), Map.entry("gaussiannoise", "GaussianNoise"),
            Map.entry("randomflip", "RandomFlip"),
            Map.entry("randomrotation", "RandomRotation"), Map.entry("randomzoom", "RandomZoom"),
            Map.entry("multiheadattention", "MultiHeadAttention"),
            Map.entry("bidirectional", "Bidirectional"), Map.entry("timedistributed", "TimeDistributed"),
            Map.entry("relu", "ReLU"),
            Map.entry("softmax", "Softmax"), Map.entry("globalaveragepooling1d", "GlobalAveragePooling1D"),
            Map.entry("permute", "Permute"),
            Map.entry("alphadropout", "AlphaDropout"), Map.entry("normalization", "Normalization"));

    private LayerNames() {
    }

    /// Keras' class name of a layer, whatever the case; empty if the word names none.
    static Optional<String> kind(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(WORDS.get(lower.substring(lower.lastIndexOf('.') + 1)));
    }
}
