package narwhal.layers;

/// What a pass through the network is for. Dropout and normalisation differ.
public enum Mode {
    TRAINING,
    INFERENCE
}
