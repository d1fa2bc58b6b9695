package narwhal.engine.cpu.convolution;

import org.jspecify.annotations.Nullable;

/// One convolution of a fixed [Geometry] with its gradients, in the sense of neural networks (no kernel flip):
///
/// y[b, i, j, o] = bias[o] + Σ over ky, kx, c of x[b, i·strideY + ky·dilationY − top, j·strideX + kx·dilationX − left, c]
/// · kernel[ky, kx, c, o]
///
/// where x is 0 outside the picture. Pictures are NHWC, kernels HWIO. A worker: it owns scratch memory that it uses again
/// in the next call, so it serves one call at a time.
public interface Convolution {
    /// What is done to y before it leaves the cache.
    enum Finish {
        /// Nothing.
        LINEAR,
        /// y = max(y, 0), NaN staying NaN.
        RELU
    }

    /// y = finish(x ∗ kernel + bias).
    ///
    /// @param bias one float per output channel, or `null` for none
    void forward(float[] x, float[] kernel, float @Nullable [] bias, Finish finish, float[] y);

    /// y = x ∗ kernel + bias.
    ///
    /// @param bias one float per output channel, or `null` for none
    default void forward(float[] x, float[] kernel, float @Nullable [] bias, float[] y) {
        forward(x, kernel, bias, Finish.LINEAR, y);
    }

    /// dx: the gradient of Σ dy · y with respect to x.
    void inputGradient(float[] dy, float[] kernel, float[] dx);

    /// dkernel: the gradient of Σ dy · y with respect to the kernel.
    void kernelGradient(float[] x, float[] dy, float[] dkernel);

    /// Both gradients; a family that can share work between them does. Bits may differ from the single ones.
    default void gradients(float[] x, float[] dy, float[] kernel, float[] dx, float[] dkernel) {
        inputGradient(dy, kernel, dx);
        kernelGradient(x, dy, dkernel);
    }
}
