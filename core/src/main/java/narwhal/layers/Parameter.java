package narwhal.layers;

import narwhal.engine.Tensor;

/// Numbers that belong to a layer: trained by gradients, or kept up to date by the layer itself.
///
/// @param layer the layer's unique name in its model, such as `conv2d_1`
/// @param name what it is to the layer, such as `kernel`
/// @param value the numbers, changed in place by training
/// @param trainable whether the optimizer changes it
public record Parameter(String layer, String name, Tensor value, boolean trainable) {
    /// Such as `conv2d_1/kernel`.
    public String path() {
        return layer + "/" + name;
    }
}
